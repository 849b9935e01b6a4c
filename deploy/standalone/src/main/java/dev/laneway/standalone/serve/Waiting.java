package dev.laneway.standalone.serve;

import dev.laneway.standalone.cli.Sentence;
import dev.laneway.standalone.cli.StartFailed;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Blocks the main thread, which may, on a future of an event loop. */
final class Waiting {
    private Waiting() {}

    /** The future's result; its failure, or the time-out, as a sentence about {@code what}. */
    static <T> T on(Future<T> future, Duration patience, String what) throws StartFailed {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StartFailed(what + ": " + Sentence.of(e), e);
        } catch (TimeoutException e) {
            throw new StartFailed(what + ": no answer within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed(what + ": interrupted", e);
        }
    }
}
