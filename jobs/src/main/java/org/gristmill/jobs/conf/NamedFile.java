package org.gristmill.jobs.conf;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A file that a setting names: its bytes are read with the pipeline, before anything runs, and mean
 * the same from then on.
 *
 * @param name without folders
 * @param bytes all of it
 */
record NamedFile(String name, byte[] bytes) {
  /**
   * Reads a file.
   *
   * @param path below the working directory, or an address of any Hadoop file system
   * @throws IOException if it cannot be read
   */
  static NamedFile read(String path) throws IOException {
    try {
      Path file = new Path(path);
      if (file.toUri().getScheme() == null) {
        return new NamedFile(file.getName(), Files.readAllBytes(java.nio.file.Path.of(path)));
      }
      var hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
      try (var in = file.getFileSystem(hadoop).open(file)) {
        return new NamedFile(file.getName(), in.readAllBytes());
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
