package org.gristmill.jobs.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Turns something that pushes into an iterator that pulls: the producer runs in a thread of its
 * own, ahead by elements of 8 MiB together, or by one if that is larger.
 */
final class Pulled<T> implements Iterator<T>, Closeable {
  /** What pushes. */
  interface Producer<T> {
    void produce(Consumer<T> out) throws IOException;
  }

  /** Most bytes between the threads. */
  private static final int AHEAD_BYTES = 8 << 20;

  private static final Object END = new Object();

  /** An element and what it holds of the bytes that may be between the threads. */
  private record Weighed(Object element, int bytes) {}

  private final BlockingQueue<Weighed> queue = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(AHEAD_BYTES);
  private final ToLongFunction<T> weight;
  private final Thread thread;
  private volatile Throwable failure;
  private Object next;

  /**
   * @param weight bytes of memory that an element takes, above 0
   */
  Pulled(String name, ToLongFunction<T> weight, Producer<T> producer) {
    this.weight = weight;
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
    queue.add(new Weighed(END, 0));
  }

  private void put(T element) {
    int bytes = (int) Math.min(AHEAD_BYTES, weight.applyAsLong(element));
    try {
      room.acquire(bytes);
      queue.add(new Weighed(element, bytes));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("closed", e);
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        Weighed taken = queue.take();
        room.release(taken.bytes());
        next = taken.element();
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
