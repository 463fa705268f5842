package org.gristmill.tokenize.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.Track;

/** What an objective makes of fixed documents, as text. */
public final class ObjectiveOutput {
  private ObjectiveOutput() {}

  /** All examples, with all that is said of them. */
  public static String of(Objective objective) {
    Objective small =
        objective instanceof SpanCorruption
            ? new SpanCorruption(0.15, 3, 100, "<extra_id_{n}>", false, 1)
            : objective;
    small.check(Letters.WITH_ALL);
    List<Encoded> encoded = new ArrayList<>();
    for (Passage passage : ObjectiveTexts.passages(40, 30)) {
      encoded.add(
          small.encode(Letters.WITH_ALL, objective.ofDialogues() ? said(passage) : passage));
    }
    StringBuilder output = new StringBuilder();
    for (Packer.Tokens example : small.examples(Letters.WITH_ALL, encoded)) {
      output.append(example.id()).append(' ').append(example.start()).append(' ');
      output.append(example.label()).append(' ').append(example.copy()).append(' ');
      output.append(Arrays.toString(example.tokens()));
      for (Map.Entry<Track, int[]> track : example.tracks().entrySet()) {
        output.append(track.getKey()).append(Arrays.toString(track.getValue()));
      }
      output.append('\n');
    }
    return output.toString();
  }

  /** The user says the first half of a text, the assistant the other. */
  private static Passage said(Passage passage) {
    int half = passage.text().toString().length() / 2;
    String first = passage.text().toString().substring(0, half);
    int bytes = org.gristmill.core.Text.of(first).length();
    return new Passage(
        passage.id(),
        passage.text(),
        List.of(new Turn("user", 0, bytes), new Turn("assistant", bytes, passage.text().length())));
  }
}
