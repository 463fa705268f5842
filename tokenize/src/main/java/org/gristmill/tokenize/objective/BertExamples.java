package org.gristmill.tokenize.objective;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.Track;

/** Makes the examples of {@link Bert} from the sentences of a shard's documents. */
final class BertExamples {
  private static final int TRIES = 10;

  private final Bert settings;
  private final BertMarks marks;
  private final List<Encoded> documents;
  private final List<List<int[]>> sentences = new ArrayList<>();

  /**
   * @param documents each with a sentence at least
   */
  BertExamples(Bert settings, BertMarks marks, List<Encoded> documents) {
    this.settings = settings;
    this.marks = marks;
    this.documents = documents;
    for (Encoded document : documents) {
      List<int[]> its = new ArrayList<>();
      int from = 0;
      for (int length : document.parts()) {
        its.add(Arrays.copyOfRange(document.tokens(), from, from + length));
        from += length;
      }
      sentences.add(its);
    }
  }

  /** The examples of a document, one of its copies. */
  List<Packer.Tokens> of(int document, int copy) {
    String id = documents.get(document).id();
    Chance chance = new Chance(settings.seed(), id + ":bert:" + copy);
    List<int[]> its = sentences.get(document);
    int[] starts = starts(documents.get(document).parts());
    List<Packer.Tokens> examples = new ArrayList<>();
    int room = settings.maxTokens() - (settings.nextSentence() ? 3 : 2);
    int wanted = wanted(room, chance);
    List<int[]> gathered = new ArrayList<>();
    int length = 0;
    int first = 0;
    for (int i = 0; i < its.size(); i++) {
      gathered.add(its.get(i));
      length += its.get(i).length;
      if (i < its.size() - 1 && length < wanted) {
        continue;
      }
      Pair pair = pair(document, gathered, wanted, chance);
      i -= pair.unused();
      Deque<Integer> a = deque(pair.a());
      Deque<Integer> b = deque(pair.b());
      int lost = truncate(a, b, room, chance);
      examples.add(example(id, starts[first] + lost, a, b, pair.label(), copy, chance));
      first = i + 1;
      gathered.clear();
      length = 0;
      wanted = wanted(room, chance);
    }
    return examples;
  }

  private static int[] starts(int[] parts) {
    int[] starts = new int[parts.length + 1];
    for (int i = 0; i < parts.length; i++) {
      starts[i + 1] = starts[i] + parts[i];
    }
    return starts;
  }

  private int wanted(int room, Chance chance) {
    return chance.happens(settings.shortRate()) ? chance.between(2, room) : room;
  }

  /**
   * Two segments.
   *
   * @param label 1 if the second was drawn, 0 if it follows, {@link Track#IGNORED} if there is none
   * @param unused sentences gathered for the second that a drawn one stands for
   */
  private record Pair(List<int[]> a, List<int[]> b, int label, int unused) {}

  private Pair pair(int document, List<int[]> gathered, int wanted, Chance chance) {
    if (!settings.nextSentence() || documents.size() < 2 && gathered.size() == 1) {
      return new Pair(List.copyOf(gathered), List.of(), Track.IGNORED, 0);
    }
    int count = gathered.size() < 2 ? 1 : chance.between(1, gathered.size() - 1);
    List<int[]> a = List.copyOf(gathered.subList(0, count));
    if (documents.size() >= 2 && (gathered.size() == 1 || chance.happens(0.5))) {
      int length = a.stream().mapToInt(sentence -> sentence.length).sum();
      return new Pair(a, drawn(document, wanted - length, chance), 1, gathered.size() - count);
    }
    return new Pair(a, List.copyOf(gathered.subList(count, gathered.size())), 0, 0);
  }

  /** Sentences of another document, until there are so many tokens. */
  private List<int[]> drawn(int document, int tokens, Chance chance) {
    int other = chance.below(documents.size());
    for (int i = 1; i < TRIES && other == document; i++) {
      other = chance.below(documents.size());
    }
    if (other == document) {
      other = (document + 1) % documents.size();
    }
    List<int[]> from = sentences.get(other);
    List<int[]> drawn = new ArrayList<>();
    int length = 0;
    for (int i = chance.below(from.size()); i < from.size(); i++) {
      drawn.add(from.get(i));
      length += from.get(i).length;
      if (length >= tokens) {
        break;
      }
    }
    return drawn;
  }

  private static Deque<Integer> deque(List<int[]> sentences) {
    Deque<Integer> tokens = new ArrayDeque<>();
    sentences.forEach(sentence -> Arrays.stream(sentence).forEach(tokens::add));
    return tokens;
  }

  /** Takes tokens off the longer one until both fit; returns how many a lost at its front. */
  private static int truncate(Deque<Integer> a, Deque<Integer> b, int room, Chance chance) {
    int lost = 0;
    while (a.size() + b.size() > room) {
      Deque<Integer> longer = a.size() > b.size() ? a : b;
      if (chance.happens(0.5)) {
        longer.removeFirst();
        lost += longer == a ? 1 : 0;
      } else {
        longer.removeLast();
      }
    }
    return lost;
  }

  private Packer.Tokens example(
      String id,
      int start,
      Deque<Integer> a,
      Deque<Integer> b,
      int label,
      int copy,
      Chance chance) {
    List<Integer> tokens = new ArrayList<>();
    tokens.add(marks.cls());
    tokens.addAll(a);
    tokens.add(marks.sep());
    int[] types = new int[a.size() + b.size() + (b.isEmpty() ? 2 : 3)];
    Arrays.fill(types, tokens.size(), types.length, 1);
    if (!b.isEmpty()) {
      tokens.addAll(b);
      tokens.add(marks.sep());
    }
    int[] shown = tokens.stream().mapToInt(Integer::intValue).toArray();
    int[] labels = mask(shown, chance);
    SortedMap<Track, int[]> tracks = new TreeMap<>();
    tracks.put(Track.LABELS, labels);
    tracks.put(Track.TOKEN_TYPES, types);
    return new Packer.Tokens(id, start, shown, tracks, label, copy);
  }

  /** Masks some tokens; returns what was there. */
  private int[] mask(int[] tokens, Chance chance) {
    List<int[]> words = words(tokens);
    int[] order = new int[words.size()];
    Arrays.setAll(order, i -> i);
    chance.shuffle(order);
    int most = Math.max(1, (int) Math.rint(tokens.length * settings.rate()));
    most = Math.min(settings.mostPredictions(), most);
    int[] labels = new int[tokens.length];
    Arrays.fill(labels, Track.IGNORED);
    int chosen = 0;
    for (int word : order) {
      int[] range = words.get(word);
      if (chosen + range[1] - range[0] > most) {
        continue;
      }
      for (int i = range[0]; i < range[1]; i++) {
        labels[i] = tokens[i];
        tokens[i] = shown(tokens[i], chance);
        chosen++;
      }
    }
    return labels;
  }

  private int shown(int token, Chance chance) {
    if (chance.happens(0.8)) {
      return marks.mask();
    }
    return chance.happens(0.5) ? token : chance.below(marks.vocabularySize());
  }

  /** First token and end of what is chosen together; marks are not among them. */
  private List<int[]> words(int[] tokens) {
    List<int[]> words = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == marks.cls() || tokens[i] == marks.sep()) {
        continue;
      }
      int[] last = words.isEmpty() ? new int[2] : words.get(words.size() - 1);
      if (settings.wholeWord() && last[1] == i && i > 0 && marks.continuing().get(tokens[i])) {
        last[1] = i + 1;
      } else {
        words.add(new int[] {i, i + 1});
      }
    }
    return words;
  }
}
