package org.gristmill.jobs;

import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.gristmill.jobs.ObjectStoreData.Stored;

/** An object with its etag. */
final class ObjectStoreStatus extends FileStatus implements EtagSource {
  private static final long serialVersionUID = 1L;

  private final String etag;

  ObjectStoreStatus(Path path, Stored stored) {
    super(stored.bytes().length, false, 1, ObjectStore.BLOCK, stored.modified(), path);
    this.etag = stored.etag();
  }

  @Override
  public String getEtag() {
    return etag;
  }
}
