package org.gristmill.jobs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.PathIOException;
import org.gristmill.core.Hash;

/**
 * The objects of one bucket of an {@link ObjectStore}, with a count of all operations and switches
 * that make them fail.
 */
public final class ObjectStoreData {
  private static final Map<String, ObjectStoreData> BUCKETS = new ConcurrentHashMap<>();

  /** What a request does. */
  public enum Kind {
    GET,
    HEAD,
    LIST,
    PUT,
    COPY,
    DELETE;

    /** The kinds that change something. */
    public static final Set<Kind> CHANGES = EnumSet.of(PUT, COPY, DELETE);
  }

  /** How a request fails. */
  public enum Fault {
    /** It has no effect. */
    REFUSED,
    /** It has its effect, but the answer does not arrive. */
    ANSWER_LOST,
    /** It has no effect, nor has any request after it: the driver is cut off. */
    CUT_OFF
  }

  /**
   * An object.
   *
   * @param modified milliseconds since 1970, UTC, by the store's clock
   */
  record Stored(byte[] bytes, String etag, long modified) {}

  /**
   * A fault to come.
   *
   * @param left how many matching requests still go well
   */
  private record Planted(Predicate<String> keys, Set<Kind> kinds, long left, Fault fault) {}

  private final TreeMap<String, Stored> objects = new TreeMap<>();
  private final EnumMap<Kind, Long> counts = new EnumMap<>(Kind.class);
  private Optional<Planted> planted = Optional.empty();
  private Optional<Runnable> interlude = Optional.empty();
  private Duration skew = Duration.ZERO;
  private boolean conditional = true;
  private boolean cutOff;
  private long written;

  private ObjectStoreData() {}

  /** The bucket of a name; made empty at its first mention. */
  public static ObjectStoreData of(String authority) {
    return BUCKETS.computeIfAbsent(authority, name -> new ObjectStoreData());
  }

  /** Forgets a bucket and its switches. File systems that are open keep the old one. */
  public static void remove(String authority) {
    BUCKETS.remove(authority);
  }

  /** Makes the store's clock differ from everybody's. */
  public synchronized void skew(Duration ahead) {
    skew = ahead;
  }

  /** Takes conditional writes away, as from an S3A before Hadoop 3.4.2. */
  public synchronized void withoutConditions() {
    conditional = false;
  }

  /**
   * Makes a request fail.
   *
   * @param nth which one of those that match from now on; 1 is the next
   */
  public synchronized void fail(Set<Kind> kinds, Predicate<String> keys, long nth, Fault fault) {
    planted = Optional.of(new Planted(keys, kinds, nth - 1, fault));
  }

  /** Ends all faults, planted and present. */
  public synchronized void heal() {
    planted = Optional.empty();
    cutOff = false;
  }

  /** Runs something right before the next PUT: what another machine does in between. */
  public synchronized void beforeNextPut(Runnable action) {
    interlude = Optional.of(action);
  }

  /** Requests of some kinds so far, failed ones too. */
  public synchronized long count(Set<Kind> kinds) {
    return kinds.stream().mapToLong(kind -> counts.getOrDefault(kind, 0L)).sum();
  }

  /** All keys in their order, folder markers (with a slash at the end) too. */
  public synchronized List<String> keys() {
    return List.copyOf(objects.keySet());
  }

  /** An object as text. */
  public synchronized String text(String key) {
    return new String(bytes(key), StandardCharsets.UTF_8);
  }

  /** An object. */
  public synchronized byte[] bytes(String key) {
    return objects.get(key).bytes().clone();
  }

  synchronized boolean conditional() {
    return conditional;
  }

  synchronized boolean has(String key) throws IOException {
    return get(Kind.HEAD, key).isPresent();
  }

  synchronized boolean anyBelow(String prefix) throws IOException {
    return !list(prefix).isEmpty();
  }

  synchronized Optional<Stored> get(Kind kind, String key) throws IOException {
    answer(key, request(kind, key));
    return Optional.ofNullable(objects.get(key));
  }

  synchronized SortedMap<String, Stored> list(String prefix) throws IOException {
    answer(prefix, request(Kind.LIST, prefix));
    return new TreeMap<>(objects.subMap(prefix, prefix + Character.MAX_VALUE));
  }

  public void put(String key, byte[] bytes, boolean overwrite, String etag) throws IOException {
    takeInterlude().ifPresent(Runnable::run);
    synchronized (this) {
      boolean lost = request(Kind.PUT, key);
      Stored there = objects.get(key);
      if (conditional && !etag.isEmpty() && (there == null || !there.etag().equals(etag))) {
        throw new PathIOException(key, "412: the object has changed");
      }
      if (conditional && etag.isEmpty() && !overwrite && there != null) {
        throw new FileAlreadyExistsException(key + " exists");
      }
      store(key, bytes);
      answer(key, lost);
    }
  }

  private synchronized Optional<Runnable> takeInterlude() {
    Optional<Runnable> taken = interlude;
    interlude = Optional.empty();
    return taken;
  }

  synchronized void copy(String from, String to) throws IOException {
    boolean lost = request(Kind.COPY, to);
    Stored source = objects.get(from);
    if (source == null) {
      throw new FileNotFoundException("no such object: " + from);
    }
    store(to, source.bytes());
    answer(to, lost);
  }

  public synchronized void delete(String key) throws IOException {
    boolean lost = request(Kind.DELETE, key);
    objects.remove(key);
    answer(key, lost);
  }

  private void store(String key, byte[] bytes) {
    written++;
    String etag = "\"" + Hash.sha256Hex(bytes).substring(0, 32) + "\"";
    objects.put(key, new Stored(bytes, etag, System.currentTimeMillis() + skew.toMillis()));
  }

  /** Objects written so far, copies too. */
  public synchronized long written() {
    return written;
  }

  /**
   * Counts a request and lets it fail where a fault is planted.
   *
   * @return whether its answer is to be lost
   */
  private boolean request(Kind kind, String key) throws IOException {
    counts.merge(kind, 1L, Long::sum);
    if (cutOff) {
      throw new IOException("no way to the store: " + kind + " " + key);
    }
    Planted fault = planted.orElse(null);
    if (fault == null || !fault.kinds().contains(kind) || !fault.keys().test(key)) {
      return false;
    }
    if (fault.left() > 0) {
      planted =
          Optional.of(new Planted(fault.keys(), fault.kinds(), fault.left() - 1, fault.fault()));
      return false;
    }
    planted = Optional.empty();
    cutOff = fault.fault() == Fault.CUT_OFF;
    if (fault.fault() != Fault.ANSWER_LOST) {
      throw new IOException("planted fault: " + kind + " " + key);
    }
    return true;
  }

  private static void answer(String key, boolean lost) throws IOException {
    if (lost) {
      throw new IOException("planted fault: no answer about " + key);
    }
  }
}
