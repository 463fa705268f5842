package org.gristmill.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Turns something that pushes into an iterator that pulls: the producer runs in a thread of its
 * own, at most {@value #AHEAD} elements ahead.
 */
final class Pulled<T> implements Iterator<T>, Closeable {
  /** What pushes. */
  interface Producer<T> {
    void produce(Consumer<T> out) throws IOException;
  }

  private static final int AHEAD = 64;
  private static final Object END = new Object();

  private final BlockingQueue<Object> queue = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile Throwable failure;
  private Object next;

  Pulled(String name, Producer<T> producer) {
    thread = new Thread(() -> run(producer), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Producer<T> producer) {
    try {
      producer.produce(this::put);
    } catch (Throwable e) { // handed to the consumer, which throws it
      failure = e;
    }
    try {
      queue.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(Object element) {
    try {
      queue.put(element);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("closed", e);
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      if (next == END && failure != null) {
        Pulled.<RuntimeException>rethrow(failure);
      }
    }
    return next != END;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    @SuppressWarnings("unchecked")
    T element = (T) next;
    next = null;
    return element;
  }

  /** Stops the producer. */
  @Override
  public void close() {
    thread.interrupt();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void rethrow(Throwable e) throws E {
    throw (E) e;
  }
}
