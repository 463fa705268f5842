import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** HDFS and YARN in one process on loopback: FOLDER FILE; what clients need to know goes to FILE. */
class MiniHadoop {
  public static void main(String[] arguments) {
    try {
      serve(arguments);
    } catch (Throwable e) { // some of its threads would go on
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void serve(String[] arguments) throws Exception {
    Configuration conf = new YarnConfiguration();
    conf.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    conf.setBoolean("yarn.nodemanager.disk-health-checker.enable", false); // however full the disk is
    conf.setInt("yarn.nodemanager.resource.memory-mb", 8192);
    MiniDFSCluster files = new MiniDFSCluster.Builder(conf, new File(arguments[0], "dfs")).build();
    files.waitClusterUp();
    try (MiniYARNCluster yarn = new MiniYARNCluster("yarn", 1, 1, 1)) {
      yarn.init(conf);
      yarn.start();
      Path written = Path.of(arguments[1]);
      Path part = Path.of(arguments[1] + ".part");
      try (var out = Files.newOutputStream(part)) {
        yarn.getConfig().writeXml(out);
      }
      Files.move(part, written, StandardCopyOption.ATOMIC_MOVE);
      Thread.currentThread().join();
    }
  }
}
