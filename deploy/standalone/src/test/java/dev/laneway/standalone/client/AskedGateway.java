package dev.laneway.standalone.client;

import dev.laneway.standalone.Main;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine;

/** Answers commands in a gateway's place, and remembers what they asked it. */
public final class AskedGateway implements AutoCloseable {
    /** Each as {@code METHOD path body}. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private volatile Function<String, Answer> answers;

    /** What is said to a question. */
    public record Answer(int status, JsonObject body) {}

    /** What a command ended with. */
    public record Ended(int code, String out, String err) {}

    /** @param always what it answers until it is told otherwise */
    public AskedGateway(JsonObject always) throws Exception {
        answers = path -> new Answer(200, always);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    asked.add(request.method() + " " + request.uri() + " " + body);
                    Answer answer = answers.apply(request.uri());
                    request.response()
                            .setStatusCode(answer.status())
                            .end(answer.body().encode());
                }));
        port = server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
    }

    public void answer(JsonObject body) {
        answer(200, body);
    }

    public void answer(int status, JsonObject body) {
        answer(path -> new Answer(status, body));
    }

    /** @param byPath what it answers to whoever asks for a path, its query with it */
    public void answer(Function<String, Answer> byPath) {
        answers = byPath;
    }

    /** A command of the command line that asks this gateway. */
    public Ended run(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + port, "--key", "sk-master"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ended(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    @Override
    public void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
