package dev.laneway.chaos.attack;

import dev.laneway.chaos.load.PaidWork;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Callers who ask for payers in turn, and again where they are refused, until all budgets are spent. */
final class Callers implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 30;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger turn = new AtomicInteger();
    private final Supplier<List<URI>> ingresses;
    private final List<Payer> payers;
    private final String body;
    private final int questions;

    private Callers(Supplier<List<URI>> ingresses, String route, List<Payer> payers, int questions) {
        this.questions = questions;
        this.ingresses = ingresses;
        this.payers = List.copyOf(payers);
        this.body = """
                {"model":"%s","max_tokens":%d,"messages":[{"role":"user","content":"pay"}]}""".formatted(route, PaidWork.TOKENS);
    }

    static Callers start(int count, Supplier<List<URI>> ingresses, String route, List<Payer> payers) {
        return counted(count, ingresses, route, payers, Integer.MAX_VALUE);
    }

    /** Those who stop after so many questions, too. */
    static Callers counted(int count, Supplier<List<URI>> ingresses, String route, List<Payer> payers, int questions) {
        Callers callers = new Callers(ingresses, route, payers, questions);
        for (int i = 0; i < count; i++) {
            callers.threads.execute(callers::call);
        }
        return callers;
    }

    /** Until every budget is spent; blocks. */
    void awaitEnd(Duration patience) throws InterruptedException {
        threads.shutdown();
        threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void call() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                int mine = turn.getAndIncrement();
                Payer payer = next(mine);
                if (payer == null || mine >= questions) {
                    return;
                }
                List<URI> places = ingresses.get();
                if (places.isEmpty() || !ask(payer, places.get(Math.floorMod(mine, places.size())))) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Payer next(int from) {
        for (int i = 0; i < payers.size(); i++) {
            Payer payer = payers.get(Math.floorMod(from + i, payers.size()));
            if (!payer.isSpent()) {
                return payer;
            }
        }
        return null;
    }

    /** @return whether it was answered */
    private boolean ask(Payer payer, URI ingress) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ingress.resolve("/v1/chat/completions"))
                .header("authorization", "Bearer " + payer.key())
                .header("content-type", "application/json")
                .timeout(ANSWER)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                payer.passed();
                return true;
            }
            if (answer.body().contains("budget_exceeded")) {
                payer.refused();
            } else {
                payer.failed();
            }
        } catch (IOException e) {
            payer.failed();
        }
        return false;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}
