package org.gristmill.sources.dialogue;

/**
 * One turn of a conversation.
 *
 * @param role {@code user}, {@code assistant}, {@code system}, {@code tool} or what the file says
 * @param content what was said
 */
record Turn(String role, String content) {}
