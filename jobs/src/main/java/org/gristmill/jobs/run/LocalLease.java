package org.gristmill.jobs.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The lease of a root on a local disk: a lock of the operating system on {@code ROOT/_lock}, which
 * ends with the process, however that ends.
 *
 * <p>Who holds it stands in {@code ROOT/_lease} for as long. It must be another file: on POSIX
 * systems a process that opens and closes a file it has locked loses the lock.
 */
final class LocalLease extends RunLease {
  private final String root;
  private final Path said;
  private final FileChannel channel;
  private final FileLock lock;
  private final LeaseText mine;

  private LocalLease(String root, Path said, FileChannel channel, FileLock lock, LeaseText mine) {
    this.root = root;
    this.said = said;
    this.channel = channel;
    this.lock = lock;
    this.mine = mine;
  }

  /** One at a time in this process, so that the second finds what the first has written. */
  static synchronized LocalLease take(String root, Path folder, Timing timing) throws IOException {
    Path said = folder.resolve(NAME);
    String there = read(said).orElse("");
    if (LeaseText.parse(there).filter(t -> t.process().equals(LeaseText.PROCESS)).isPresent()) {
      throw new Held(root, LeaseText.who(there)); // this process: do not touch the lock
    }
    FileChannel channel =
        FileChannel.open(
            folder.resolve("_lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // held by this very process, and somebody removed what it had said
    }
    if (lock == null) {
      channel.close();
      throw new Held(root, LeaseText.who(read(said).orElse("")));
    }
    LeaseText mine = LeaseText.fresh(timing.term(), timing.wall());
    try {
      Files.writeString(said, mine.json());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new LocalLease(root, said, channel, lock, mine);
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private boolean ours(Optional<String> content) {
    return content
        .flatMap(LeaseText::parse)
        .filter(text -> text.token().equals(mine.token()))
        .isPresent();
  }

  @Override
  public String token() {
    return mine.token();
  }

  @Override
  public void check() {
    try {
      Optional<String> content = read(said);
      if (!lock.isValid() || !ours(content)) {
        throw new Lost(
            root,
            content
                .map(text -> "it was taken by " + LeaseText.who(text))
                .orElse("somebody removed " + said));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try (channel) { // the lock ends last
        if (ours(read(said))) {
          Files.delete(said);
        }
      }
    }
  }
}
