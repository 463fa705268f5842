package org.gristmill.dedup.contamination;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;

/**
 * What is done about a document that holds text of benchmarks.
 *
 * <p>Cutting is GPT-3's: with each n-gram goes so much text on both sides; what is left are pieces,
 * each a document of its own; short pieces go too, and a document in too many pieces goes whole.
 * Pieces are counted before the short ones are left out.
 *
 * @param action what is done
 * @param window characters cut away on each side of an n-gram, from 0 to 100,000
 * @param minPiece characters of the shortest piece that stays, from 1 to 1,000,000
 * @param maxPieces most pieces of a document that stays, from 1 to 100,000
 * @see <a href="https://arxiv.org/abs/2005.14165">Brown et al. 2020, Language Models are Few-Shot
 *     Learners, appendix C</a>
 */
@Block(does = "Drops, cuts or marks documents that hold text of benchmarks.", version = 1)
public record Decontamination(
    @Setting(does = "Whether to drop, cut or mark.") Action action,
    @Setting(
            does = "Cut away on each side of an n-gram.",
            unit = "characters",
            min = 0,
            max = 100_000)
        int window,
    @Setting(does = "A shorter piece is left out.", unit = "characters", min = 1, max = 1_000_000)
        int minPiece,
    @Setting(
            does = "A document that falls into more is dropped.",
            unit = "pieces",
            min = 1,
            max = 100_000)
        int maxPieces)
    implements Serializable {
  /** Cut 200 characters on each side, pieces of at least 200, at most 10 of them. */
  public static final Decontamination GPT3 = new Decontamination(Action.CUT, 200, 200, 10);

  /** What is done. */
  public enum Action {
    /** The document goes. */
    DROP,
    /** The n-grams and what is around them go. */
    CUT,
    /** Nothing goes; the document is known to be contaminated. */
    MARK
  }

  /** What became of a document. */
  public enum Outcome {
    /** Nothing was found in it. */
    CLEAN,
    /** It stays as it is, marked. */
    MARKED,
    /** Its pieces stay. */
    CUT,
    /** It was to be dropped. */
    DROPPED,
    /** It would fall into too many pieces. */
    TOO_MANY_PIECES,
    /** All its pieces are too short. */
    NOTHING_LEFT
  }

  /**
   * What stays and what goes; together they are the text.
   *
   * @param outcome what became of it
   * @param kept the pieces that stay, in order, in bytes; never cut inside a character
   * @param removed what goes, in order
   */
  public record Verdict(Outcome outcome, List<Span> kept, List<Span> removed) {
    public Verdict {
      kept = List.copyOf(kept);
      removed = List.copyOf(removed);
    }
  }

  public Decontamination {
    Bounds.between("window", window, 0, 100_000);
    Bounds.between("minPiece", minPiece, 1, 1_000_000);
    Bounds.between("maxPieces", maxPieces, 1, 100_000);
  }

  /**
   * What becomes of a text.
   *
   * @param found n-grams of benchmarks in it, in bytes
   */
  public Verdict judge(Text text, List<Span> found) {
    List<Span> whole = Spans.between(List.of(), text.length());
    if (found.isEmpty()) {
      return new Verdict(Outcome.CLEAN, whole, List.of());
    }
    return switch (action) {
      case MARK -> new Verdict(Outcome.MARKED, whole, List.of());
      case DROP -> new Verdict(Outcome.DROPPED, List.of(), whole);
      case CUT -> cut(text, found);
    };
  }

  private Verdict cut(Text text, List<Span> found) {
    List<Span> wide = new ArrayList<>();
    for (Span span : found) {
      int from = Spans.back(text, span.from(), window);
      wide.add(new Span(from, Spans.ahead(text, span.to(), window)));
    }
    List<Span> pieces = Spans.between(Spans.union(wide), text.length());
    List<Span> kept = pieces.stream().filter(piece -> longEnough(text, piece)).toList();
    boolean dropped = pieces.size() > maxPieces || kept.isEmpty();
    if (dropped) {
      Outcome why = kept.isEmpty() ? Outcome.NOTHING_LEFT : Outcome.TOO_MANY_PIECES;
      return new Verdict(why, List.of(), Spans.between(List.of(), text.length()));
    }
    return new Verdict(Outcome.CUT, kept, Spans.between(kept, text.length()));
  }

  private boolean longEnough(Text text, Span piece) {
    return Spans.ahead(text, piece.from(), minPiece - 1) < piece.to();
  }
}
