package dev.laneway.chaos.cluster;

import java.io.IOException;

/** Sends signals, which Java has no method for. */
final class Signals {
    private Signals() {}

    static void send(String signal, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .redirectErrorStream(true)
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + signal + " " + pid + ": "
                    + new String(kill.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                            .strip());
        }
    }
}
