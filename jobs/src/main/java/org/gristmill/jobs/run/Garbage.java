package org.gristmill.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.gristmill.jobs.conf.Pipeline;
import org.gristmill.jobs.steps.IndexJob;
import org.gristmill.jobs.steps.PackJob;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Tables;

/**
 * What nobody needs any more of the shards of a pipeline.
 *
 * <p>A corpus is a list of generations in {@code shards/corpora}. Kept are those that a {@code
 * latest.json} repeats, those published since some time, and those that are named; with a corpus
 * its generations. Kept too is every generation in the tables. All else goes, and what broken-off
 * attempts left.
 */
public final class Garbage {
  /**
   * Something to remove.
   *
   * @param path a file or folder
   * @param what it is, for a person
   * @param bytes in it
   */
  public record Item(String path, String what, long bytes) {}

  private final Tables tables;
  private final Pipeline pipeline;
  private final FileSystem files;
  private final Path shards;

  public Garbage(Tables tables, Pipeline pipeline) {
    this.tables = tables;
    this.pipeline = pipeline;
    this.files = tables.fileSystem();
    this.shards = new Path(tables.shards());
  }

  /**
   * What can be removed.
   *
   * @param since milliseconds since 1970: corpora published later are kept
   * @param named corpora that are kept whatever their age
   */
  public List<Item> find(long since, Set<String> named) {
    try {
      List<Item> found = new ArrayList<>();
      Set<String> kept = new TreeSet<>();
      for (FileStatus file : list(shards)) {
        if (file.getPath().getName().matches("latest.*\\.json")) {
          kept.addAll(generations(file.getPath()));
        }
      }
      Set<String> latest = Set.copyOf(kept);
      for (FileStatus corpus : list(new Path(shards, "corpora"))) {
        List<String> its = generations(corpus.getPath());
        String name = corpus.getPath().getName().replaceFirst("\\.json$", "");
        if (corpus.getModificationTime() >= since
            || named.contains(name)
            || latest.containsAll(its)) {
          kept.addAll(its);
        } else {
          found.add(item(corpus, "a corpus that is not the latest"));
        }
      }
      for (Job job : pipeline.jobs()) {
        if (job instanceof PackJob) {
          kept.addAll(tables.present(job.to()).keySet());
        }
      }
      for (FileStatus folder : list(shards)) {
        generation(folder, kept, found);
      }
      for (Job job : pipeline.jobs()) {
        if (job instanceof IndexJob) {
          for (FileStatus folder : list(new Path(tables.beside(job.to())))) {
            if (!tables.present(job.to()).containsKey(folder.getPath().getName())) {
              found.add(item(folder, "a generation of the index that is not in its table"));
            }
          }
        }
      }
      if (files.exists(new Path(tables.scratch()))) {
        found.add(
            item(
                files.getFileStatus(new Path(tables.scratch())),
                "intermediate rows of a broken run"));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void generation(FileStatus folder, Set<String> kept, List<Item> found)
      throws IOException {
    String name = folder.getPath().getName();
    if (!folder.isDirectory() || !name.matches("[0-9a-f]{16}")) {
      return;
    }
    if (!kept.contains(name)) {
      found.add(item(folder, "a generation that no corpus names"));
      return;
    }
    for (FileStatus format : list(folder.getPath())) {
      for (FileStatus file : format.isDirectory() ? list(format.getPath()) : List.of(format)) {
        if (file.getPath().getName().startsWith("_")) {
          found.add(item(file, "left by a broken-off attempt"));
        }
      }
    }
  }

  private Item item(FileStatus status, String what) throws IOException {
    return new Item(
        status.getPath().toString(),
        what,
        status.isFile() ? status.getLen() : files.getContentSummary(status.getPath()).getLength());
  }

  private List<String> generations(Path corpus) throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream in = files.open(corpus)) {
      for (JsonNode generation : new ObjectMapper().readTree(in).path("generations")) {
        names.add(generation.path("name").asText());
      }
    }
    return names;
  }

  private List<FileStatus> list(Path folder) throws IOException {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Removes what was found. */
  public void remove(List<Item> items) {
    try {
      for (Item item : items) {
        tables.checkGuard();
        files.delete(new Path(item.path()), true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
