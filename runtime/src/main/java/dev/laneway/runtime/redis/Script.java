package dev.laneway.runtime.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * A script that Redis runs as one step. It is asked for by its digest, so that neither its text crosses nor is digested each time; a server
 * that does not know it yet, for it was started anew, is sent the text.
 *
 * @param text Lua
 * @param sha the name that Redis gives it: SHA-1 of the text, as hexadecimal digits
 */
public record Script(String text, String sha) {
    /** A script of this text. */
    public static Script of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Script(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /**
     * Runs it, with a second request only where the server does not know it; then nothing had been run.
     *
     * @param send sends a request over one connection
     */
    public Future<Response> run(Function<Request, Future<Response>> send, List<String> keys, List<String> arguments) {
        return send.apply(request(Command.EVALSHA, sha, keys, arguments))
                .recover(cause -> String.valueOf(cause.getMessage()).startsWith("NOSCRIPT")
                        ? send.apply(request(Command.EVAL, text, keys, arguments))
                        : Future.failedFuture(cause));
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }
}
