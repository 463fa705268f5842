package org.gristmill.sources.dialogue;

import java.util.List;
import java.util.Map;

/**
 * A conversation that was read.
 *
 * @param messages in order
 * @param facts further facts, {@code id} for example
 */
record Conversation(List<Message> messages, Map<String, String> facts) {}
