package org.gristmill.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the tests that walk over a registry ask of every block in it. */
public final class Laws {
  private Laws() {}

  /** What comes out when a block has been sent to another machine. */
  public static Object sent(Object block) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(block);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  /** Every class of a contract's own module that keeps it, lambdas aside. */
  public static List<Class<?>> implementations(Class<?> contract)
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path module = Path.of(contract.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> found = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(module)) {
      for (Path file : walk.filter(p -> p.toString().endsWith(".class")).sorted().toList()) {
        String name = module.relativize(file).toString().replace('/', '.');
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        if (contract.isAssignableFrom(type) && !type.isInterface()) {
          found.add(type);
        }
      }
    }
    return found;
  }
}
