package org.gristmill.jobs;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.gristmill.jobs.ObjectStoreData.Kind;
import org.gristmill.jobs.ObjectStoreData.Stored;

/**
 * A Hadoop file system in memory that behaves as S3A does where it matters: keys instead of
 * folders, objects that appear whole when their stream is closed, a rename that copies object by
 * object, and a setTimes that does nothing.
 *
 * <p>All instances of one authority, that is bucket, share an {@link ObjectStoreData}, where faults
 * are planted. Registered with {@link #register} or {@link #SPARK}, it is {@code s3a://} to Spark
 * and Delta.
 */
public final class ObjectStore extends FileSystem {
  /** The setting of a pipeline's {@code spark} block that registers this class, in HOCON. */
  public static final String SPARK =
      "\"hadoop.fs.s3a.impl\" = \"" + ObjectStore.class.getName() + "\"";

  static final long BLOCK = 32L << 20;

  private URI uri;
  private ObjectStoreData data;
  private Path working;

  /** A configuration in which {@code s3a://} is this class. */
  public static Configuration register(Configuration hadoop) {
    hadoop.set("fs.s3a.impl", ObjectStore.class.getName());
    return hadoop;
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    setConf(conf);
    uri = URI.create(name.getScheme() + "://" + name.getAuthority());
    data = ObjectStoreData.of(name.getAuthority());
    working = new Path(uri + "/");
  }

  @Override
  public String getScheme() {
    return "s3a";
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    return switch (capability) {
      case "fs.option.create.conditional.overwrite",
          "fs.option.create.conditional.overwrite.etag" ->
          data.conditional();
      default -> super.hasPathCapability(path, capability);
    };
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (getFileStatus(path).isDirectory()) {
      throw new FileNotFoundException(path + " is a folder");
    }
    Stored stored = data.get(Kind.GET, key(path)).orElseThrow(() -> missing(path));
    return new FSDataInputStream(new ObjectStoreInput(stored.bytes()));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(path, overwrite, "");
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(path, flags.contains(CreateFlag.OVERWRITE), "");
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
    return new ObjectStoreBuilder(this, path);
  }

  /**
   * @param etag what must be there when the stream is closed; empty for anything
   */
  FSDataOutputStream create(Path path, boolean overwrite, String etag) throws IOException {
    String key = key(path);
    if (!data.conditional() && !overwrite && data.has(key)) {
      throw new FileAlreadyExistsException(path + " exists");
    }
    if (data.has(key + "/") || data.anyBelow(key + "/")) {
      throw new FileAlreadyExistsException(path + " is a folder");
    }
    ByteArrayOutputStream buffer =
        new ByteArrayOutputStream() {
          private boolean closed;

          @Override
          public void close() throws IOException {
            if (!closed) {
              closed = true;
              data.put(key, toByteArray(), overwrite, etag);
            }
          }
        };
    return new FSDataOutputStream(buffer, statistics);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("an object store cannot append");
  }

  /** Copies and deletes object by object: a fault leaves some here and some there. */
  @Override
  public boolean rename(Path from, Path to) throws IOException {
    FileStatus source;
    try {
      source = getFileStatus(from);
    } catch (FileNotFoundException e) {
      return false;
    }
    Path target = to;
    if (exists(to)) {
      if (getFileStatus(to).isFile()) {
        throw new FileAlreadyExistsException(to + " exists");
      }
      target = new Path(to, from.getName());
    }
    if (source.isFile()) {
      data.copy(key(from), key(target));
      data.delete(key(from));
      return true;
    }
    String prefix = key(from) + "/";
    for (String key : List.copyOf(data.list(prefix).keySet())) {
      data.copy(key, key(target) + "/" + key.substring(prefix.length()));
      data.delete(key);
    }
    return true;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    FileStatus status;
    try {
      status = getFileStatus(path);
    } catch (FileNotFoundException e) {
      return false;
    }
    if (status.isFile()) {
      data.delete(key(path));
      return true;
    }
    String prefix = prefix(path);
    List<String> below = List.copyOf(data.list(prefix).keySet());
    if (!recursive && below.stream().anyMatch(key -> !key.equals(prefix))) {
      throw new IOException(path + " is not empty");
    }
    for (String key : below) {
      data.delete(key);
    }
    return true;
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus status = getFileStatus(path);
    if (status.isFile()) {
      return new FileStatus[] {status};
    }
    String prefix = prefix(path);
    List<FileStatus> children = new ArrayList<>();
    String last = "";
    SortedMap<String, Stored> below = data.list(prefix);
    for (var entry : below.entrySet()) {
      String rest = entry.getKey().substring(prefix.length());
      int slash = rest.indexOf('/');
      String name = slash < 0 ? rest : rest.substring(0, slash);
      if (!name.isEmpty() && !name.equals(last)) {
        Path child = new Path(makeQualified(path), name);
        children.add(slash < 0 ? file(child, entry.getValue()) : folder(child));
        last = name;
      }
    }
    return children.toArray(FileStatus[]::new);
  }

  /** A marker, as S3A leaves it. */
  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    for (Path p = path; p != null && !p.isRoot(); p = p.getParent()) {
      if (data.has(key(p))) {
        throw new FileAlreadyExistsException(p + " is a file");
      }
    }
    if (!path.isRoot() && !data.anyBelow(key(path) + "/")) {
      data.put(key(path) + "/", new byte[0], true, "");
    }
    return true;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    if (path.isRoot()) {
      return folder(makeQualified(path));
    }
    var stored = data.get(Kind.HEAD, key(path));
    if (stored.isPresent()) {
      return file(makeQualified(path), stored.get());
    }
    if (data.list(key(path) + "/").isEmpty()) {
      throw missing(path);
    }
    return folder(makeQualified(path));
  }

  /** Does nothing and says nothing, as S3A. */
  @Override
  public void setTimes(Path path, long modified, long accessed) {}

  @Override
  public void setWorkingDirectory(Path path) {
    working = makeQualified(path);
  }

  @Override
  public Path getWorkingDirectory() {
    return working;
  }

  private String key(Path path) {
    return makeQualified(path).toUri().getPath().substring(1);
  }

  private String prefix(Path folder) {
    return folder.isRoot() ? "" : key(folder) + "/";
  }

  private static FileNotFoundException missing(Path path) {
    return new FileNotFoundException("no such object: " + path);
  }

  private static FileStatus folder(Path path) {
    return new FileStatus(0, true, 1, BLOCK, 0, path);
  }

  private static FileStatus file(Path path, Stored stored) {
    return new ObjectStoreStatus(path, stored);
  }
}
