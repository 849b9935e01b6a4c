package dev.laneway.runtime.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Questions to one script that takes many at once: what one turn of the event loop asks, and what gathers while earlier questions are under
 * way, is one request. How many wait is bounded by whoever asks. One context.
 *
 * @param <Q> a question
 * @param <A> what is answered to one
 */
public final class ScriptTurns<Q, A> {
    private static final int LARGEST_BATCH = 500;
    private static final int UNDER_WAY = 2;
    private static final long LATEST_MILLIS = 2;

    private final Context context;
    private final RedisLink link;
    private final Script script;
    private final Function<List<Q>, Batch<A>> batches;
    private List<Question<Q, A>> waiting = new ArrayList<>();
    private int underWay;
    private boolean sendDue;
    private boolean tellDue;

    /** Questions as one script's arguments, and what its answer is to each of them. */
    public interface Batch<A> {
        /** All arguments. */
        List<String> words();

        /**
         * What the script's answer says to one question. Not asked of what was told.
         *
         * @param place of the question among those of the batch
         */
        A answer(Response all, int place);
    }

    private record Question<Q, A>(Q question, @Nullable Promise<A> answer) {}

    private record Words(List<String> words) implements Batch<Response> {
        static Words of(List<String> head, List<List<String>> questions) {
            List<String> words = new ArrayList<>(head);
            questions.forEach(words::addAll);
            return new Words(words);
        }

        @Override
        public Response answer(Response all, int place) {
            return all.get(place);
        }
    }

    /** @param batches how questions are asked together; those that were told are among them */
    public ScriptTurns(Context context, RedisLink link, Script script, Function<List<Q>, Batch<A>> batches) {
        this.context = Objects.requireNonNull(context, "context");
        this.link = Objects.requireNonNull(link, "link");
        this.script = Objects.requireNonNull(script, "script");
        this.batches = Objects.requireNonNull(batches, "batches");
    }

    /**
     * Of a script that gets each question's words, one question after the other, and answers with a list that has one entry a question.
     *
     * @param head the arguments before the first question's
     */
    public static ScriptTurns<List<String>, Response> ofWords(
            Context context, RedisLink link, Script script, List<String> head) {
        List<String> first = List.copyOf(head);
        return new ScriptTurns<>(context, link, script, questions -> Words.of(first, questions));
    }

    /** Asks; fails where Redis is away. */
    public Future<A> ask(Q question) {
        Promise<A> answer = Promise.promise();
        add(new Question<>(question, answer));
        return answer.future();
    }

    /** Tells what nobody waits for, as soon as a question would be asked. */
    public void tellNow(Q question) {
        add(new Question<>(question, null));
    }

    private void add(Question<Q, A> question) {
        waiting.add(question);
        if (!sendDue && underWay < UNDER_WAY) {
            sendDue = true;
            context.runOnContext(v -> send());
        }
    }

    /** Tells what nobody waits for: it goes with the next question, after two milliseconds at the latest, and before whatever is asked later. */
    public void tell(Q question) {
        waiting.add(new Question<>(question, null));
        if (!sendDue && !tellDue && underWay < UNDER_WAY) {
            tellDue = true;
            context.owner().setTimer(LATEST_MILLIS, id -> {
                tellDue = false;
                if (!sendDue) {
                    send();
                }
            });
        }
    }

    private void send() {
        sendDue = false;
        while (!waiting.isEmpty() && underWay < UNDER_WAY) {
            int size = Math.min(LARGEST_BATCH, waiting.size());
            List<Question<Q, A>> asked = List.copyOf(waiting.subList(0, size));
            waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
            underWay++;
            Batch<A> batch =
                    batches.apply(asked.stream().map(Question::question).toList());
            link.run(script, batch.words()).onComplete((answer, cause) -> {
                underWay--;
                answered(asked, batch, answer, cause);
                send();
            });
        }
    }

    private static <Q, A> void answered(
            List<Question<Q, A>> asked, Batch<A> batch, @Nullable Response answer, @Nullable Throwable cause) {
        for (int place = 0; place < asked.size(); place++) {
            Promise<A> promise = asked.get(place).answer;
            if (promise == null) {
                continue;
            }
            if (answer == null) {
                promise.fail(cause);
            } else {
                promise.handle(told(batch, answer, place));
            }
        }
    }

    /** One answer that makes no sense is no reason to leave the others without theirs. */
    private static <A> Future<A> told(Batch<A> batch, Response answer, int place) {
        try {
            return Future.succeededFuture(batch.answer(answer, place));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
