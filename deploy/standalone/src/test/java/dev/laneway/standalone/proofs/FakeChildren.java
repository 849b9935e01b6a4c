package dev.laneway.standalone.proofs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes that a test ends. */
final class FakeChildren implements ProofChild {
    private final BlockingQueue<Child> started = new LinkedBlockingQueue<>();

    @Override
    public Process start(Path output) {
        Child child = new Child(output);
        started.add(child);
        return child;
    }

    /** The next that was started; waits for it. */
    Child next() throws InterruptedException {
        Child child = started.poll(10, TimeUnit.SECONDS);
        if (child == null) {
            throw new AssertionError("none was started");
        }
        return child;
    }

    /** Whether one was started that nobody asked {@link #next()} for. */
    boolean another() {
        return !started.isEmpty();
    }

    static final class Child extends Process {
        final Path output;
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();

        private Child(Path output) {
            this.output = output;
        }

        void print(boolean kept, String version) throws IOException {
            Files.writeString(
                    output,
                    "{\"kept\":" + kept + ",\"config_version\":\"" + version + "\",\"routes\":["
                            + "{\"route\":\"secure\",\"verdict\":\"" + (kept ? "stays inside" : "LEFT")
                            + "\",\"because\":\"it went to anthropic/claude\"}]}");
            exit.complete(kept ? 0 : 1);
        }

        void fail() {
            exit.complete(3);
        }

        boolean killed() {
            return exit.getNow(-1) == 143;
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
            try {
                exit.get(timeout, unit);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public int waitFor() {
            return exit.join();
        }

        @Override
        public int exitValue() {
            return exit.getNow(-1);
        }

        @Override
        public void destroy() {
            exit.complete(143);
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }
    }
}
