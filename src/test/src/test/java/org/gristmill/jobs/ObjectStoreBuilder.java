package org.gristmill.jobs;

import java.io.IOException;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.Path;

/** Creates an object, on the conditions that S3A knows. */
final class ObjectStoreBuilder
    extends FSDataOutputStreamBuilder<FSDataOutputStream, ObjectStoreBuilder> {
  private final ObjectStore store;

  ObjectStoreBuilder(ObjectStore store, Path path) {
    super(store, path);
    this.store = store;
  }

  @Override
  public ObjectStoreBuilder getThisBuilder() {
    return this;
  }

  @Override
  public FSDataOutputStream build() throws IOException {
    String etag = getOptions().get("fs.option.create.conditional.overwrite.etag", "");
    boolean overwrite =
        getFlags().contains(CreateFlag.OVERWRITE)
            && !getOptions().getBoolean("fs.option.create.conditional.overwrite", false);
    return store.create(getPath(), overwrite, etag);
  }
}
