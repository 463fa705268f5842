package org.gristmill.jobs.table;

import java.util.Collection;
import java.util.Locale;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of all tables as a page, from the same declarations as the tables' schemas. */
public final class TableDocs {
  private TableDocs() {}

  /** Markdown. */
  public static String markdown(Collection<Job> jobs) {
    StringBuilder page =
        new StringBuilder(
            "# Tables\n\n"
                + "Delta tables below `ROOT/tables`. This page is what `gristmill list tables`"
                + " prints.\n\n"
                + "Every table but `batches` has one more column, `made`: a hash of all that its"
                + " batch was made\nfrom. `batch` and `made` are partition columns.\n");
    for (Job job : jobs) {
      table(page, job.to(), job.schema());
      if (!job.reads().isEmpty()) {
        page.append("\nMade by `").append(job.name()).append("` from `");
        page.append(String.join("` and `", job.reads())).append("`, ");
        page.append(
            job.grain() == Grain.BATCH ? "batch by batch.\n" : "all new batches together.\n");
      }
    }
    table(page, RecordStore.TABLE, RecordStore.SCHEMA);
    return page.toString();
  }

  private static void table(StringBuilder page, String name, String schema) {
    page.append("\n## ").append(name).append("\n\n| column | type | |\n|---|---|---|\n");
    for (StructField field : StructType.fromDDL(schema).fields()) {
      page.append("| `").append(field.name()).append("` | ");
      page.append(field.dataType().sql().toLowerCase(Locale.ROOT)).append(" | ");
      page.append(field.getComment().isDefined() ? field.getComment().get() : "").append(" |\n");
    }
  }
}
