package org.gristmill.tokenize.objective;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.core.UserError;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;

/**
 * Dialogues in a template, with a loss on what the assistant says.
 *
 * <p>{@link Track#LOSS_MASK} is 1 on what was said in turns of the role {@code assistant}, and on
 * what the template puts behind it up to its first control token, which ends the turn; else 0. A
 * token that is partly of the header and partly of what was said counts. The end-of-document id
 * comes last, and does not count.
 *
 * <p>A dialogue of more than {@code maxTokens} is cut where the user speaks, so that no answer is
 * parted from its question; every part begins with the system's turns that begin the dialogue. What
 * lies between two such places and is too long by itself stays together, and packing cuts it like
 * any long document.
 *
 * @param template {@code chatml}, {@code llama3}, or {@code custom}
 * @param maxTokens of a part, where turns allow it
 * @param begin what a custom template begins with, before the first turn
 * @param turn a turn in a custom template, with {@code {role}} and {@code {content}}
 * @param tokens names of the control tokens in a custom template
 * @see <a href="https://github.com/openai/openai-python/blob/release-v0.28.0/chatml.md">ChatML</a>
 * @see <a href="https://github.com/meta-llama/llama3/blob/main/llama/tokenizer.py">ChatFormat of
 *     Llama 3</a>
 */
@Block(does = "Dialogues in a template, with a loss on what the assistant says.", version = 1)
public record Chat(
    @Setting(does = "chatml, llama3 or custom.") String template,
    @Setting(does = "Longer dialogues are cut where the user speaks.", unit = "tokens", min = 16)
        int maxTokens,
    @Setting(does = "What a custom template begins with.") String begin,
    @Setting(does = "A turn in a custom template, with {role} and {content}.") String turn,
    @Setting(does = "Names of the control tokens in a custom template.") List<String> tokens)
    implements Objective, Serializable {
  /** ChatML. */
  public static final Chat DEFAULT = new Chat("chatml", 2_048, "", "", List.of());

  private static final String ASSISTANT = "assistant";

  public Chat {
    tokens = List.copyOf(tokens);
    if (!List.of("chatml", "llama3", "custom").contains(template)) {
      throw new SettingError("template", "must be chatml, llama3 or custom, is " + template);
    }
    Bounds.atLeast("maxTokens", maxTokens, 16);
    boolean custom = template.equals("custom");
    if (custom && turn.split("\\{content}", -1).length != 2) {
      throw new SettingError("turn", "must hold {content} once, is " + turn);
    }
    if (!custom && !(begin + turn).isEmpty() || !custom && !tokens.isEmpty()) {
      throw new SettingError("template", "must be custom where begin, turn or tokens are given");
    }
    if (tokens.contains("")) {
      throw new SettingError("tokens", "must not hold an empty name");
    }
  }

  @Override
  public boolean ofDialogues() {
    return true;
  }

  @Override
  public Set<Track> tracks() {
    return Set.of(Track.LOSS_MASK);
  }

  @Override
  public void check(Tokenizer tokenizer) {
    ChatTemplate.of(this, tokenizer);
  }

  @Override
  public Encoded encode(Tokenizer tokenizer, Passage document) {
    if (document.turns().isEmpty()) {
      throw new UserError(
          "objectives: chat needs dialogues, and document "
              + document.id()
              + " has no turns (or a filter rewrote its text); name the sources it is for");
    }
    ChatTemplate form = ChatTemplate.of(this, tokenizer);
    List<Marked> turns = new ArrayList<>();
    for (Turn said : document.turns()) {
      boolean counts = said.role().equals(ASSISTANT);
      turns.add(form.turn(said.role(), document.said(said), counts));
    }
    List<int[]> parts = new ArrayList<>();
    List<int[]> masks = new ArrayList<>();
    for (List<Marked> part : parts(document.turns(), turns, form.begin())) {
      parts.add(Causal.ended(tokenizer, joined(part, Marked::tokens)));
      int[] mask = joined(part, Marked::counts);
      masks.add(Arrays.copyOf(mask, mask.length + 1));
    }
    return Encoded.of(document.id(), parts).with(Track.LOSS_MASK, masks);
  }

  private static int[] joined(List<Marked> part, java.util.function.Function<Marked, int[]> of) {
    return Encoded.joined(part.stream().map(of).toList());
  }

  /** Tokens, and for each 1 if it counts. */
  record Marked(int[] tokens, int[] counts) {}

  /** The turns of each part, behind what every part begins with. */
  private List<List<Marked>> parts(List<Turn> turns, List<Marked> marked, Marked begin) {
    int system = 0;
    while (system < turns.size() && turns.get(system).role().equals("system")) {
      system++;
    }
    List<Marked> head = new ArrayList<>(List.of(begin));
    head.addAll(marked.subList(0, system));
    List<List<Marked>> parts = new ArrayList<>();
    List<Marked> part = new ArrayList<>(head);
    for (int from = system; from < turns.size(); ) {
      int to = from + 1;
      while (to < turns.size() && !startsExchange(turns, to)) {
        to++;
      }
      List<Marked> exchange = marked.subList(from, to);
      if (part.size() > head.size() && length(part) + length(exchange) + 1 > maxTokens) {
        parts.add(part);
        part = new ArrayList<>(head);
      }
      part.addAll(exchange);
      from = to;
    }
    parts.add(part);
    return parts;
  }

  /** Whether the user begins to speak here, after somebody else. */
  private static boolean startsExchange(List<Turn> turns, int at) {
    return turns.get(at).role().equals("user") && !turns.get(at - 1).role().equals("user");
  }

  private static int length(List<Marked> part) {
    return part.stream().mapToInt(turn -> turn.tokens().length).sum();
  }
}
