package org.gristmill.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a lease file says. No two writes of it are alike: the token is the run's own and the counter
 * grows.
 *
 * @param token of the owner, 16 hex digits
 * @param process of the owner, 16 hex digits: drawn once in every JVM
 * @param holder the owner in words
 * @param since when the owner took it, by the owner's clock; for people only
 * @param term seconds without a change after which another may take it
 * @param renewal how often it has been renewed
 * @param released whether the owner has given it back
 */
record LeaseText(
    String token,
    String process,
    String holder,
    String since,
    long term,
    long renewal,
    boolean released) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** This very process, told from any other, also from one with the same number. */
  static final String PROCESS = draw();

  /** A new run's. */
  static LeaseText fresh(Duration term, Clock wall) {
    return new LeaseText(
        draw(),
        PROCESS,
        "process " + ProcessHandle.current().pid() + " on " + host(),
        wall.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        term.toSeconds(),
        0,
        false);
  }

  /** What a file says; empty where it is not a whole lease. */
  static Optional<LeaseText> parse(String content) {
    try {
      JsonNode json = JSON.readTree(content);
      return json.path("token").isTextual()
          ? Optional.of(
              new LeaseText(
                  json.path("token").asText(),
                  json.path("process").asText(),
                  json.path("holder").asText(),
                  json.path("since").asText(),
                  json.path("term").asLong(),
                  json.path("renewal").asLong(),
                  json.path("released").asBoolean()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty(); // half written, on a file system that shows such files
    }
  }

  /** The holder of a lease in words. */
  static String who(String content) {
    return parse(content)
        .map(text -> text.holder + ", since " + text.since)
        .orElse("it has not said which");
  }

  LeaseText renewed(long counter) {
    return new LeaseText(token, process, holder, since, term, counter, false);
  }

  LeaseText givenBack() {
    return new LeaseText(token, process, holder, since, term, renewal + 1, true);
  }

  String json() {
    return JSON.createObjectNode()
            .put("token", token)
            .put("process", process)
            .put("holder", holder)
            .put("since", since)
            .put("term", term)
            .put("renewal", renewal)
            .put("released", released)
            .toString()
        + "\n";
  }

  private static String draw() {
    byte[] bytes = new byte[8];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name"; // as in some containers
    }
  }
}
