package dev.laneway.runtime.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Questions to one script that takes many at once: what one turn of the event loop asks, and what gathers while earlier questions are under
 * way, is one request. The script gets the head and then each question's words, and answers with a list that has one entry a question. How
 * many wait is bounded by whoever asks. One context.
 */
public final class ScriptTurns {
    private static final int LARGEST_BATCH = 500;
    private static final int UNDER_WAY = 2;
    private static final long LATEST_MILLIS = 2;

    private final Context context;
    private final RedisLink link;
    private final Script script;
    private final List<String> head;
    private List<Question> waiting = new ArrayList<>();
    private int underWay;
    private boolean sendDue;
    private boolean tellDue;

    private record Question(List<String> words, Promise<Response> answer) {}

    /** @param head the arguments before the first question's */
    public ScriptTurns(Context context, RedisLink link, Script script, List<String> head) {
        this.context = Objects.requireNonNull(context, "context");
        this.link = Objects.requireNonNull(link, "link");
        this.script = Objects.requireNonNull(script, "script");
        this.head = List.copyOf(head);
    }

    /** Asks; fails where Redis is away. */
    public Future<Response> ask(List<String> words) {
        Question question = new Question(words, Promise.promise());
        waiting.add(question);
        if (!sendDue && underWay < UNDER_WAY) {
            sendDue = true;
            context.runOnContext(v -> send());
        }
        return question.answer.future();
    }

    /** Tells what nobody waits for: it goes with the next question, after two milliseconds at the latest, and before whatever is asked later. */
    public void tell(List<String> words) {
        waiting.add(new Question(words, Promise.promise()));
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
            List<Question> batch = List.copyOf(waiting.subList(0, size));
            waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
            underWay++;
            List<String> arguments = new ArrayList<>(head);
            batch.forEach(question -> arguments.addAll(question.words));
            link.run(script, arguments).onComplete((answer, cause) -> {
                underWay--;
                answered(batch, answer, cause);
                send();
            });
        }
    }

    private static void answered(List<Question> batch, @Nullable Response answer, @Nullable Throwable cause) {
        for (int i = 0; i < batch.size(); i++) {
            if (answer == null) {
                batch.get(i).answer.fail(cause);
            } else {
                batch.get(i).answer.complete(answer.get(i));
            }
        }
    }
}
