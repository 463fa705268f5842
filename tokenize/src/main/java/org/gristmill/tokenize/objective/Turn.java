package org.gristmill.tokenize.objective;

import java.io.Serializable;

/**
 * What somebody said in a dialogue.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, {@code tool} or another
 * @param from first byte of what was said, within the text
 * @param to behind the last
 */
public record Turn(String role, int from, int to) implements Serializable {}
