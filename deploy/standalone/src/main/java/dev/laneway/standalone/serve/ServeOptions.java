package dev.laneway.standalone.serve;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that serves. */
@SuppressWarnings("NullAway.Init") // picocli sets them
final class ServeOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The config file. Without one, what the environment's provider keys allow.")
    @Nullable
    Path config;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
    String host;

    @Option(
            names = "--port",
            defaultValue = "4000",
            description = "Port of the APIs; 0 for a free one. Default: ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--management-port",
            defaultValue = "4001",
            description = "Port of /live, /ready and /metrics; 0 for a free one. Default: ${DEFAULT-VALUE}.")
    int managementPort;

    @Option(
            names = "--num-workers",
            defaultValue = "1",
            description = "Event loops of the ingress. Default: ${DEFAULT-VALUE}.")
    int workers;

    @Option(
            names = "--drain-seconds",
            defaultValue = "30",
            description = "How long a stop waits for what is in flight. Default: ${DEFAULT-VALUE}.")
    int drainSeconds;

    @Option(
            names = "--accept-unenforced",
            description = "Start although the file asks for something that this version can't enforce.")
    boolean acceptUnenforced;

    /** The beginning of a URL to a port of this process. */
    String url(int at) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + at;
    }
}
