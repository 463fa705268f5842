package org.gristmill.jobs.cli;

import java.util.concurrent.Callable;

/**
 * A command of another jar on the class path, annotated as picocli's commands are and named in
 * {@code META-INF/services}; it returns one of the codes of {@link Exit}.
 */
public interface AddedCommand extends Callable<Integer> {}
