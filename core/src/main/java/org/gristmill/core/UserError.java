package org.gristmill.core;

import java.util.List;
import java.util.stream.Collectors;

/** The user's mistakes, all of them at once; shown without a stack trace, exit code 2. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public UserError(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public UserError(String message) {
    this(List.of(new Problem("", "", message)));
  }

  public List<Problem> problems() {
    return problems;
  }
}
