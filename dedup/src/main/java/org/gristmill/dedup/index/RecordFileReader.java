package org.gristmill.dedup.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/** Looks ids up in a {@link RecordFile}. For one thread. */
public final class RecordFileReader {
  /** Ids looked at together, to know which groups will be wanted. */
  private static final int CHUNK = 4_096;

  /** Takes the answer to every id. */
  @FunctionalInterface
  public interface Answer {
    /**
     * @param id one of those looked up
     * @param payload the taker's to keep; absent if there is no such record
     */
    void of(byte[] id, Optional<byte[]> payload) throws IOException;
  }

  private final CountedAccess file;
  private final long records;
  private final Lasts lasts;
  private final Pieces groups;

  /**
   * Reads the footer: 12 bytes of every {@link RecordFile#GROUP_BYTES} or more.
   *
   * @throws IOException if the file cannot be read, is none of this format, cut short or damaged
   */
  public RecordFileReader(RandomAccess file) throws IOException {
    this.file = new CountedAccess(file);
    Footer footer = Footer.read(this.file, RecordFile.FORMAT);
    records = footer.entries();
    int count = footer.directory().remaining() / RecordFile.LINE_BYTES;
    long[] starts = new long[count + 1];
    lasts = new Lasts(new long[count]);
    for (int i = 0; i < count; i++) {
      lasts.values()[i] = footer.directory().getLong();
      starts[i + 1] = starts[i] + footer.directory().getInt() + Pieces.CHECK;
    }
    footer.follows(starts[count]);
    groups = new Pieces(this.file, "group", count, i -> starts[i]);
  }

  /** Records in the file. */
  public long records() {
    return records;
  }

  /** Bytes read of the file so far, the footer among them. */
  public long bytesRead() {
    return file.bytes();
  }

  /**
   * Finds the record of every id, in their order. An id that comes twice is answered twice.
   *
   * <p>Reads one group an id, or several with the little that lies between them.
   *
   * @param ids of 16 bytes, ascending, unsigned
   * @throws IllegalArgumentException if the ids do not ascend or one has another length
   * @throws IOException if the file cannot be read or is damaged where it is read
   */
  public void get(Iterator<byte[]> ids, Answer answer) throws IOException {
    byte[][] chunk = new byte[CHUNK][];
    byte[] last = new byte[RecordFile.ID_BYTES];
    while (ids.hasNext()) {
      int n = 0;
      while (n < CHUNK && ids.hasNext()) {
        byte[] id = ids.next();
        if (id.length != RecordFile.ID_BYTES || Arrays.compareUnsigned(last, id) > 0) {
          throw new IllegalArgumentException("the ids looked up are not 16 bytes each, ascending");
        }
        chunk[n++] = id;
        last = id;
      }
      get(chunk, n, answer);
    }
  }

  private void get(byte[][] ids, int n, Answer answer) throws IOException {
    int[] wanted = new int[n];
    for (int i = 0; i < n; i++) {
      wanted[i] = lasts.piece(prefix(ids[i]));
    }
    for (int i = 0; i < n; i++) {
      long prefix = prefix(ids[i]);
      Optional<byte[]> payload = Optional.empty();
      int group = wanted[i];
      while (payload.isEmpty() && group < lasts.count()) {
        payload = find(ids[i], groups.load(group, wanted, i, n), groups.length(group));
        group = lasts.next(group, prefix);
      }
      answer.of(ids[i], payload);
    }
  }

  private static long prefix(byte[] id) {
    return ByteBuffer.wrap(id).getLong();
  }

  private Optional<byte[]> find(byte[] id, int from, int length) throws IOException {
    byte[] bytes = groups.bytes();
    for (int at = from; at < from + length; ) {
      int payload = at + RecordFile.HEAD_BYTES;
      int end = payload + ByteBuffer.wrap(bytes).getInt(payload - Integer.BYTES);
      int order = Arrays.compareUnsigned(bytes, at, at + RecordFile.ID_BYTES, id, 0, id.length);
      if (order == 0) {
        return Optional.of(Arrays.copyOfRange(bytes, payload, end));
      } else if (order > 0) {
        break;
      }
      at = end;
    }
    return Optional.empty();
  }
}
