package org.gristmill.tokenize.huggingface;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gristmill.tokenize.bpe.Pretokenizer;
import org.gristmill.tokenize.model.ModelError;
import org.gristmill.tokenize.model.PieceMap;

/** Puts the parts of a file together. */
record Assembly(
    HuggingFaceModel.Tokens tokens,
    AddedTokens added,
    Normalizer normalizer,
    List<PreTokenizer> steps,
    PieceEncoder encoder,
    Decoders.Decoder decoder,
    boolean lossless) {

  private static final Normalizer NO_NORMALIZER = draft -> {};

  private static final Set<String> POST_PROCESSORS =
      Set.of("TemplateProcessing", "BertProcessing", "RobertaProcessing", "ByteLevel", "Sequence");

  static Assembly ofJson(Part file, boolean specialIsText) {
    if (file.has("version") && !file.string("version").equals("1.0")) {
      throw file.error("version", "of " + file.string("version") + " is not supported");
    }
    if (!file.has("model")) {
      throw new ModelError("the file has no model");
    }
    postProcessor(file);
    Part model = file.part("model");
    Normalizer normalizer =
        file.has("normalizer") ? Normalizers.of(file.part("normalizer")) : NO_NORMALIZER;
    List<PreTokenizer> steps =
        file.has("pre_tokenizer")
            ? PreTokenizers.of(file.part("pre_tokenizer"))
            : new ArrayList<>();
    boolean spells = !steps.isEmpty() && steps.get(steps.size() - 1) instanceof PreTokenizers.Spell;
    Map<String, Integer> ids = vocabulary(model);
    Set<String> hidden = specialIsText ? AddedTokens.special(file) : Set.of();
    PieceEncoder encoder = encoder(model, ids, hidden, steps);
    AddedTokens added = new AddedTokens(file, ids, ids.size(), normalizer, specialIsText);
    Decoders.Decoder decoder =
        file.has("decoder") ? Decoders.of(file.part("decoder")) : Decoders::spaced;
    boolean lossless =
        encoder instanceof ByteBpe
            && normalizer == NO_NORMALIZER
            && added.areTheirNames()
            && steps.stream().allMatch(PreTokenizers.Scan.class::isInstance)
            && file.has("decoder")
            && file.part("decoder").type().equals("ByteLevel");
    return new Assembly(
        HuggingFaceModel.Tokens.of(ids, spells),
        added,
        normalizer,
        steps,
        encoder,
        decoder,
        lossless);
  }

  private static void postProcessor(Part file) {
    if (file.has("post_processor")) {
      Part part = file.part("post_processor");
      if (!POST_PROCESSORS.contains(part.type())) {
        throw part.unsupported();
      }
    }
  }

  private static String type(Part model) {
    if (model.has("type")) {
      return model.type();
    }
    // Old files do not say.
    return model.has("merges") ? "BPE" : model.isList("vocab") ? "Unigram" : "WordPiece";
  }

  private static Map<String, Integer> vocabulary(Part model) {
    Map<String, Integer> ids = new HashMap<>();
    if (model.isList("vocab")) {
      for (Object entry : model.list("vocab")) {
        if (!(entry instanceof List<?> pair)
            || pair.size() != 2
            || !(pair.get(0) instanceof String token)
            || !(pair.get(1) instanceof Number)) {
          throw model.error("vocab", "must be a list of tokens and scores");
        }
        if (ids.put(token, ids.size()) != null) {
          throw model.error("vocab", "has the token " + token + " twice");
        }
      }
      return ids;
    }
    Part vocabulary = model.part("vocab");
    vocabulary
        .fields()
        .forEach((token, id) -> ids.put((String) token, vocabulary.integer((String) token)));
    return ids;
  }

  /**
   * @param hidden special tokens, which the model itself is not to find in a text either
   */
  private static PieceEncoder encoder(
      Part model, Map<String, Integer> ids, Set<String> hidden, List<PreTokenizer> steps) {
    Map<String, Integer> found = new HashMap<>(ids);
    found.keySet().removeAll(hidden);
    return switch (type(model)) {
      case "BPE" -> bpe(model, ids, found, steps);
      case "WordPiece" ->
          CachedEncoder.of(
              new WordPiece(
                  found,
                  unknown(ids, model.string("unk_token")),
                  model.string("continuing_subword_prefix", "##"),
                  model.integer("max_input_chars_per_word", 100)));
      case "WordLevel" -> wordLevel(found, unknown(ids, model.string("unk_token")));
      case "Unigram" -> unigram(model, ids, hidden);
      default -> throw model.unsupported();
    };
  }

  private static int unknown(Map<String, Integer> ids, String token) {
    Integer id = ids.get(token);
    if (id == null) {
      throw new ModelError("the unknown token " + token + " is not in the vocabulary");
    }
    return id;
  }

  private static PieceEncoder wordLevel(Map<String, Integer> ids, int unknown) {
    PieceMap words = new PieceMap();
    ids.forEach((token, id) -> words.put(token.getBytes(StandardCharsets.UTF_8), id));
    return (text, from, to, out) -> {
      int id = words.get(text, from, to);
      out.add(id == PieceMap.NONE ? unknown : id);
    };
  }

  private static PieceEncoder unigram(Part model, Map<String, Integer> ids, Set<String> hidden) {
    List<?> vocabulary = model.list("vocab");
    String[] tokens = new String[vocabulary.size()];
    double[] scores = new double[tokens.length];
    ids.forEach(
        (token, id) -> {
          tokens[id] = token;
          scores[id] = ((Number) ((List<?>) vocabulary.get(id)).get(1)).doubleValue();
        });
    if (!model.has("unk_id") || model.integer("unk_id") >= tokens.length) {
      throw model.error("unk_id", "must be the id of a token");
    }
    return CachedEncoder.of(
        new Unigram(
            List.of(tokens),
            scores,
            model.integer("unk_id"),
            model.bool("byte_fallback", false),
            hidden));
  }

  /** Where the last step writes bytes as letters, the encoder reads bytes, and the step goes. */
  private static PieceEncoder bpe(
      Part model, Map<String, Integer> ids, Map<String, Integer> found, List<PreTokenizer> steps) {
    if (model.has("dropout") && ((Number) model.fields().get("dropout")).doubleValue() != 0) {
      throw model.error("dropout", "is not supported, for it is chance");
    }
    List<String[]> merges = merges(model);
    CharBpe.Options options =
        new CharBpe.Options(
            model.has("unk_token") ? unknown(ids, model.string("unk_token")) : -1,
            model.string("continuing_subword_prefix", ""),
            model.string("end_of_word_suffix", ""),
            model.bool("fuse_unk", false),
            model.bool("byte_fallback", false),
            model.bool("ignore_merges", false));
    int last = steps.size() - 1;
    boolean bytes =
        last >= 0
            && steps.get(last) instanceof PreTokenizers.Spell
            && options.prefix().isEmpty()
            && options.suffix().isEmpty()
            && ByteBpe.spellsAll(found);
    if (!bytes) {
      return new CharBpe(found, merges, options);
    }
    steps.remove(last);
    Pretokenizer scanner = null;
    if (steps.size() == 1 && steps.get(0) instanceof PreTokenizers.Scan scan) {
      scanner = scan.scanner();
      steps.clear();
    }
    return new ByteBpe(found, merges, options.ignoreMerges(), scanner);
  }

  private static List<String[]> merges(Part model) {
    List<String[]> merges = new ArrayList<>();
    for (Object merge : model.list("merges")) {
      if (merge instanceof String line && line.startsWith("#version")) {
        continue;
      }
      List<?> pair = merge instanceof String line ? List.of(line.split(" ", -1)) : List.of();
      pair = merge instanceof List<?> list ? list : pair;
      if (pair.size() != 2 || !pair.stream().allMatch(String.class::isInstance)) {
        throw model.error(
            "merges", "must be pairs of tokens; number " + merges.size() + " is none");
      }
      merges.add(new String[] {(String) pair.get(0), (String) pair.get(1)});
    }
    return merges;
  }

  static Assembly ofBert(byte[] file, boolean lower, boolean specialIsText) {
    Map<String, Integer> ids = new HashMap<>();
    String[] lines = new String(file, StandardCharsets.UTF_8).split("\n", -1);
    int count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    for (int id = 0; id < count; id++) {
      ids.put(stripped(lines[id]), id);
    }
    List<PreTokenizer> steps = new ArrayList<>();
    PreTokenizers.bert(steps);
    Normalizer normalizer = Normalizers.bert(true, true, lower, lower);
    Map<String, Integer> found = new HashMap<>(ids);
    if (specialIsText) {
      found.keySet().removeAll(AddedTokens.BERT);
    }
    return new Assembly(
        HuggingFaceModel.Tokens.of(ids, false),
        AddedTokens.ofBert(ids, specialIsText),
        normalizer,
        steps,
        CachedEncoder.of(new WordPiece(found, unknown(ids, "[UNK]"), "##", 100)),
        Decoders.wordPiece("##", true),
        false);
  }

  private static String stripped(String line) {
    int end = line.length();
    while (end > 0 && CodePoints.is(line.charAt(end - 1), CodePoints.SPACE)) {
      end--;
    }
    return line.substring(0, end);
  }
}
