package org.gristmill.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.gristmill.jobs.steps.PublishedCorpus;
import org.gristmill.tokenize.mix.Group;
import org.gristmill.tokenize.mix.MixPlan;

/** A plan as a table for people and as JSON for the reader. */
record MixText(MixPlan plan, PublishedCorpus corpus) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A line for each phase and group, with what there is, what is asked and what is drawn. */
  String table() {
    StringBuilder text = new StringBuilder();
    int wide = Math.max(5, plan.groups().stream().mapToInt(g -> g.name().length()).max().orElse(5));
    String head = "%-5s  %-" + wide + "s %18s %14s %7s %18s %14s %7s %8s %18s%n";
    String line = "%-5s  %-" + wide + "s %,18d %,14d %6.2f%% %,18d %,14d %6.2f%% %8.3f %,18d%n";
    text.append(
        String.format(
            Locale.ROOT,
            "corpus %s: sequences of %d tokens%s%n",
            corpus.name(),
            corpus.sequenceTokens(),
            plan.start().position() == 0
                ? ""
                : String.format(
                    Locale.ROOT, "; %,d of them were drawn before", plan.start().position())));
    text.append(
        String.format(
            Locale.ROOT,
            head,
            "phase",
            "group",
            "tokens",
            "sequences",
            "asked",
            "drawn tokens",
            "sequences",
            "share",
            "epochs",
            "unseen tokens"));
    for (MixPlan.PlannedPhase phase : plan.phases()) {
      for (MixPlan.Draw draw : phase.draws()) {
        Group group = draw.group();
        text.append(
            String.format(
                Locale.ROOT,
                line,
                phase.number(),
                group.name(),
                group.tokens(),
                group.sequences(),
                100 * draw.share(),
                draw.tokens(),
                draw.sequences(),
                phase.drawn() == 0 ? 0.0 : 100.0 * draw.tokens() / phase.drawn(),
                draw.epochs(),
                draw.unseen()));
      }
      text.append(total(wide, Integer.toString(phase.number()), phase.drawn(), phase.sequences()));
    }
    long tokens = plan.phases().stream().mapToLong(MixPlan.PlannedPhase::drawn).sum();
    long sequences = plan.end() - plan.start().position();
    text.append(total(wide, "all", tokens, sequences));
    return text.toString();
  }

  private String total(int wide, String phase, long tokens, long sequences) {
    long there = plan.groups().stream().mapToLong(Group::tokens).sum();
    long of = plan.groups().stream().mapToLong(Group::sequences).sum();
    String line = "%-5s  %-" + wide + "s %,18d %,14d %7s %,18d %,14d%n";
    return String.format(Locale.ROOT, line, phase, "total", there, of, "", tokens, sequences);
  }

  /** The plan; the same mixture of the same corpus gives the same bytes. */
  String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", 1);
    json.put("corpus", corpus.name());
    json.put("manifest", corpus.sha256());
    json.put("sequence_tokens", corpus.sequenceTokens());
    ObjectNode start = json.putObject("start");
    start.put("position", plan.start().position());
    plan.start().sequences().forEach(start.putObject("groups")::put);
    json.put("end", plan.end());
    ArrayNode groups = json.putArray("groups");
    for (Group group : plan.groups()) {
      ObjectNode its = groups.addObject();
      its.put("name", group.name());
      its.put("sequences", group.sequences());
      its.put("tokens", group.tokens());
    }
    ArrayNode phases = json.putArray("phases");
    for (MixPlan.PlannedPhase phase : plan.phases()) {
      ObjectNode its = phases.addObject();
      its.put("number", phase.number());
      its.put("begin", phase.begin());
      its.put("tokens", phase.tokens());
      ArrayNode draws = its.putArray("draws");
      for (MixPlan.Draw draw : phase.draws()) {
        ObjectNode drawn = draws.addObject();
        drawn.put("group", draw.group().name());
        drawn.put("sequences", draw.sequences());
        drawn.put("tokens", draw.tokens());
      }
    }
    return json.toPrettyString() + "\n";
  }
}
