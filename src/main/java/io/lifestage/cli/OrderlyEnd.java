package io.lifestage.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in order when the process is asked to end (SIGINT, SIGTERM): stops it, and holds
 * the process until the end is reached, half a minute at most.
 */
final class OrderlyEnd {
  private static final long SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param stop asks the work to end soon; called from another thread
   */
  OrderlyEnd(Runnable stop) {
    hook = new Thread(() -> stopAndWait(stop), "orderly-end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopAndWait(Runnable stop) {
    stop.run();
    try {
      if (!ended.await(SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Gave up waiting: not everything that was begun has ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work has ended. */
  void reached() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook has what it waited for.
    }
  }
}
