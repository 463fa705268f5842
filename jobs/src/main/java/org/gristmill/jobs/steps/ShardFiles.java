package org.gristmill.jobs.steps;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.SerializableConfiguration;
import org.gristmill.core.Hash;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.ShardFormats;
import org.gristmill.tokenize.Tokenizer;

/**
 * Writes the files of a shard under names that hold a hash of their content. Only files that the
 * table of shards lists belong to a corpus.
 *
 * @param job what is written
 * @param folder of all generations
 * @param hadoop settings of the file system
 */
record ShardFiles(PackJob job, String folder, SerializableConfiguration hadoop)
    implements Serializable {

  /** A file that is in its place. */
  record Written(String format, String path, String sha256, long bytes) {}

  /** Writes one shard of a generation in every format. */
  List<Written> write(String generation, String name, Tokenizer tokenizer, List<Sequence> sequences)
      throws IOException {
    List<Written> written = new ArrayList<>();
    for (String format : job.formats()) {
      Path local = Files.createTempDirectory("gristmill-shard");
      try {
        List<String> files =
            ShardFormats.BY_NAME.get(format).write(local, name, tokenizer, sequences);
        List<String> hashes = new ArrayList<>();
        for (String file : files) {
          hashes.add(Uploads.sha256(local.resolve(file)));
        }
        String mark = Hash.sha256Hex(String.join(" ", hashes)).substring(0, 8);
        for (int i = 0; i < files.size(); i++) {
          Path file = local.resolve(files.get(i));
          String path = format + "/" + files.get(i).replace(name, name + "-" + mark);
          Uploads.put(file, folder + "/" + generation + "/" + path, hadoop.value());
          written.add(new Written(format, path, hashes.get(i), Files.size(file)));
        }
      } finally {
        Uploads.delete(local);
      }
    }
    return written;
  }
}
