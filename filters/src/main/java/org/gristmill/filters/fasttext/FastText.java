package org.gristmill.filters.fasttext;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A supervised model of fastText (Joulin et al., Bag of Tricks for Efficient Text Classification,
 * arXiv:1607.01759), {@code .bin} or {@code .ftz}, of versions 11 and 12 of its format: any loss,
 * word and character n-grams, pruned and quantized or not.
 *
 * <p>It says what the library of fastText 0.9.2 says, to about 1e-6 in probability; sums are made
 * in another order.
 *
 * <p>Safe for threads.
 */
public final class FastText {
  private static final int MAGIC = 793712314;
  private static final int VERSION = 12;
  private static final int VERSION_WITHOUT_SUBWORDS = 11;
  private static final int HIERARCHICAL = 1;
  private static final int NEGATIVE = 2;
  private static final int SOFTMAX = 3;
  private static final int ONE_VS_ALL = 4;
  private static final int SUPERVISED = 3;
  private static final long WORD_NGRAM_FACTOR = 116049371L;

  /**
   * A label and how probable it is.
   *
   * @param label with its prefix, {@code __label__en} for example
   * @param probability as fastText gives it, 0.00001 too large, so that it may be above 1
   */
  public record Prediction(String label, double probability) {}

  private final Dictionary dictionary;
  private final Subwords subwords;
  private final int wordNgrams;
  private final int buckets;
  private final Matrix input;

  /**
   * For each word the sum of its own row and those of its character n-grams. Empty if the order in
   * which numbers are added could show in more than their last digits.
   */
  private final float[] wordSums;

  /** How many rows each of those is the sum of. */
  private final int[] wordRows;

  private final Loss loss;
  private final List<String> labels;

  private FastText(Arguments arguments, Dictionary dictionary, Matrix input, Loss loss) {
    this.dictionary = dictionary;
    this.input = input;
    this.loss = loss;
    wordNgrams = arguments.wordNgrams;
    buckets = arguments.buckets;
    subwords = new Subwords(dictionary, arguments.minChars, arguments.maxChars, buckets);
    wordRows = new int[dictionary.words()];
    wordSums = loss.isContinuous() ? sums() : new float[0];
    List<String> names = new ArrayList<>();
    for (int label = 0; label < dictionary.labelCounts.length; label++) {
      names.add(dictionary.label(label));
    }
    labels = Collections.unmodifiableList(names);
  }

  private float[] sums() {
    float[] sums =
        input instanceof Matrix.Dense dense
            ? dense.data() // row by row in place: nothing else asks for a word's row
            : new float[Math.multiplyExact(dictionary.words(), input.columns())];
    for (int word = 0; word < wordRows.length; word++) {
      float[] sum = new float[input.columns()];
      wordRows[word] = addWord(word, sum);
      System.arraycopy(sum, 0, sums, word * sum.length, sum.length);
    }
    return sums;
  }

  /** Adds the rows of a word the model knows, and says how many they are. */
  private int addWord(int word, float[] sum) {
    input.addRow(word, sum);
    byte[] bytes = dictionary.word(word);
    boolean whole = Dictionary.isLineEnd(bytes, 0, bytes.length);
    return 1 + (whole ? 0 : subwords.addTo(sum, input, bytes, 0, bytes.length));
  }

  private record Arguments(
      int columns, int wordNgrams, int loss, int buckets, int minChars, int maxChars) {

    static Arguments read(ModelReader in) throws IOException {
      if (in.i32() != MAGIC) {
        throw ModelReader.broken("it begins otherwise");
      }
      int version = in.i32();
      if (version != VERSION && version != VERSION_WITHOUT_SUBWORDS) {
        throw new IOException("is of version " + version + " of fastText's format, not 11 or 12");
      }
      int columns = in.within("the number of columns", in.i32(), 1, 1 << 16);
      in.i32(); // window
      in.i32(); // epochs
      in.i32(); // least count of a word
      in.i32(); // negative samples
      int wordNgrams = in.within("the length of word n-grams", in.i32(), 0, 1 << 16);
      int loss = in.within("the loss", in.i32(), HIERARCHICAL, ONE_VS_ALL);
      if (in.i32() != SUPERVISED) {
        throw new IOException("has vectors of words only: not a supervised model of fastText");
      }
      int buckets = in.within("the number of buckets", in.i32(), 0, Integer.MAX_VALUE / 2);
      int minChars = in.i32();
      int maxChars = in.i32();
      in.i32(); // how often the rate was updated
      in.f64(); // threshold of frequent words
      boolean subwords = version != VERSION_WITHOUT_SUBWORDS && maxChars > 0;
      if (buckets == 0 && (subwords || wordNgrams > 1)) {
        throw ModelReader.broken("it has n-grams and no buckets");
      }
      return new Arguments(columns, wordNgrams, loss, buckets, minChars, subwords ? maxChars : 0);
    }
  }

  /**
   * Reads a model.
   *
   * @param in the whole file; not closed
   * @throws IOException what is read behind the file's name: it cannot be read, is damaged, or is
   *     no supervised model
   */
  public static FastText read(InputStream in) throws IOException {
    ModelReader reader = new ModelReader(in);
    Arguments arguments = Arguments.read(reader);
    Dictionary dictionary = Dictionary.read(reader);
    boolean quantized = reader.bool();
    if (!quantized && dictionary.isPruned()) {
      throw ModelReader.broken("it is pruned and not quantized");
    }
    Matrix input = Matrix.read(reader, quantized);
    boolean outputQuantized = reader.bool();
    Matrix output = Matrix.read(reader, quantized && outputQuantized);
    reader.end();
    int rows = dictionary.isPruned() ? dictionary.keptRows() : arguments.buckets;
    int labels = dictionary.labelCounts.length;
    if (input.columns() != arguments.columns
        || output.columns() != arguments.columns
        || input.rows() < (long) dictionary.words() + rows
        || output.rows() != labels
        || labels == 0) {
      throw ModelReader.broken("its matrices do not fit its words and labels");
    }
    return new FastText(arguments, dictionary, input, loss(arguments.loss, output, dictionary));
  }

  private static Loss loss(int kind, Matrix output, Dictionary dictionary) {
    return switch (kind) {
      case HIERARCHICAL -> new Loss.Hierarchical(output, dictionary.labelCounts);
      case NEGATIVE, ONE_VS_ALL -> new Loss.OneVsAll(output);
      case SOFTMAX -> new Loss.Softmax(output);
      default -> throw new IllegalStateException("loss " + kind);
    };
  }

  /** All labels, with their prefix, in the order of the model; unmodifiable. */
  public List<String> labels() {
    return labels;
  }

  /**
   * The most probable labels of a text, which is taken as one line: white space of any kind, line
   * breaks too, only parts words.
   *
   * @param text UTF-8, or whatever the model was trained with
   * @param most how many labels at most, at least 1
   * @return the most probable first, of equals the first in {@link #labels}; empty if the model
   *     knows nothing of the text, not even the end of a line
   */
  public List<Prediction> predict(byte[] text, int most) {
    float[] probabilities = probabilities(text);
    List<Prediction> predictions = new ArrayList<>();
    for (int n = Math.min(most, probabilities.length); n > 0; n--) {
      int best = best(probabilities);
      predictions.add(new Prediction(labels.get(best), probabilities[best]));
      probabilities[best] = Float.NEGATIVE_INFINITY;
    }
    return predictions;
  }

  private static int best(float[] probabilities) {
    int best = 0;
    for (int label = 1; label < probabilities.length; label++) {
      best = probabilities[label] > probabilities[best] ? label : best;
    }
    return best;
  }

  /**
   * How probable each label of {@link #labels} is for a text, as fastText gives it.
   *
   * @return empty if the model knows nothing of the text
   */
  public float[] probabilities(byte[] text) {
    float[] sum = new float[input.columns()];
    int rows = new Line(text, sum).rows;
    if (rows == 0) {
      return new float[0];
    }
    float share = (float) (1.0 / rows);
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= share;
    }
    return loss.probabilities(sum);
  }

  /** Adds up the rows of one text. */
  private final class Line {
    private final byte[] text;
    private final float[] sum;

    /** Hashes of the words so far, for word n-grams. */
    private int[] hashes = new int[wordNgrams > 1 ? 64 : 0];

    private int words;
    int rows;

    Line(byte[] text, float[] sum) {
      this.text = text;
      this.sum = sum;
      int at = 0;
      boolean open = true;
      while (open) {
        while (at < text.length && isSpace(text[at])) {
          at++;
        }
        int start = at;
        while (at < text.length && !isSpace(text[at])) {
          at++;
        }
        open = start < at && !Dictionary.isLineEnd(text, start, at);
        if (open) {
          add(text, start, at);
        }
      }
      add(Dictionary.LINE_END, 0, Dictionary.LINE_END.length);
      addWordNgrams();
    }

    private void add(byte[] word, int from, int to) {
      int hash = Dictionary.hash(word, from, to);
      int id = dictionary.id(hash, word, from, to);
      if (dictionary.isLabel(id, word, from, to)) {
        return;
      }
      if (id >= 0 && wordSums.length == 0) {
        rows += addWord(id, sum);
      } else if (id >= 0) {
        int at = id * sum.length;
        for (int i = 0; i < sum.length; i++) {
          sum[i] += wordSums[at + i];
        }
        rows += wordRows[id];
      } else if (word == text) {
        rows += subwords.addTo(sum, input, word, from, to);
      }
      if (wordNgrams > 1) {
        hashes = words < hashes.length ? hashes : Arrays.copyOf(hashes, 2 * words);
        hashes[words++] = hash;
      }
    }

    private void addWordNgrams() {
      for (int i = 0; i < words; i++) {
        long hash = hashes[i];
        for (int j = i + 1; j < words && j < i + wordNgrams; j++) {
          hash = hash * WORD_NGRAM_FACTOR + hashes[j];
          int row = dictionary.row((int) Long.remainderUnsigned(hash, buckets));
          if (row >= 0) {
            input.addRow(row, sum);
            rows++;
          }
        }
      }
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r' || b == 0;
  }
}
