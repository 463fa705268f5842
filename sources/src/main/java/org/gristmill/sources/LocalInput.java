package org.gristmill.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of this machine.
 *
 * @param source name of the ingest step
 * @param path where the file lies
 * @param name name relative to the folder that is read
 * @param length length in bytes
 */
public record LocalInput(String source, Path path, String name, long length) implements Input {

  /** The file at {@code path}, named relative to {@code root}, which must contain it. */
  public static LocalInput of(String source, Path root, Path path) throws IOException {
    String name = root.relativize(path).toString().replace('\\', '/');
    return new LocalInput(
        source, path, name.isEmpty() ? path.getFileName().toString() : name, Files.size(path));
  }

  @Override
  public String file() {
    return path.toString();
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  @Override
  public InputStream open(long from) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(path);
    try {
      return Channels.newInputStream(channel.position(from));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
