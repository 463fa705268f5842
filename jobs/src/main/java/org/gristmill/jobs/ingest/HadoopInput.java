package org.gristmill.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.gristmill.sources.Input;

/** An input file on any Hadoop file system. */
public record HadoopInput(
    String source, String file, String name, long length, Configuration hadoop) implements Input {
  @Override
  public InputStream open() throws IOException {
    Path path = new Path(file);
    return path.getFileSystem(hadoop).open(path);
  }

  @Override
  public InputStream open(long from) throws IOException {
    Path path = new Path(file);
    FSDataInputStream in = path.getFileSystem(hadoop).open(path);
    try {
      in.seek(from);
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
