package dev.laneway.standalone.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Waits for SIGINT or SIGTERM on the main thread, so that the process can drain there and leave with the exit code that it chooses;
 * a shutdown hook could do neither. A second signal ends the process at once.
 *
 * <p>{@code sun.misc.Signal} is the only way to a signal in Java. It is in the supported module {@code jdk.unsupported}, but javac warns
 * at its every mention in a way that nothing can suppress: hence by reflection.
 */
public final class StopSignal {
    private final CountDownLatch received = new CountDownLatch(1);
    private volatile @Nullable String failure;

    private StopSignal() {}

    /** Takes over both signals from now on. */
    public static StopSignal install() {
        StopSignal stop = new StopSignal();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object receive = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            stop.receive();
                        }
                        return null;
                    });
            for (String name : new String[] {"INT", "TERM"}) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), receive);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal", e);
        }
        return stop;
    }

    private void receive() {
        if (received.getCount() == 0) {
            Runtime.getRuntime().halt(130);
        }
        received.countDown();
    }

    /**
     * Ends the wait because the process can't go on. On any thread.
     *
     * @param why one line for a person
     */
    public void fail(String why) {
        failure = why;
        received.countDown();
    }

    /**
     * Returns when a signal comes.
     *
     * @throws InterruptedException when the thread is interrupted
     * @throws StartFailed when the process can't go on, with the line that says why
     */
    public void await() throws InterruptedException, StartFailed {
        received.await();
        String why = failure;
        if (why != null) {
            throw new StartFailed(why);
        }
    }
}
