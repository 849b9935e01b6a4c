package dev.laneway.standalone.servers;

import dev.laneway.runtime.config.Environment;
import dev.laneway.services.EmbeddedServices;
import dev.laneway.standalone.cli.StopSignal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code services}: only the embedded servers, in the foreground. */
@Command(
        name = "services",
        description =
                "Starts the embedded Kafka, PostgreSQL and Redis, and prints the environment that roles need to use them.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ServicesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Override
    public Integer call() throws Exception {
        StopSignal stop = StopSignal.install();
        PrintWriter out = spec.commandLine().getOut();
        try (EmbeddedServices services = EmbeddedServices.start(data.services(Environment.system()))) {
            services.environment().forEach((name, value) -> out.println(name + "=" + value));
            out.println("ready");
            out.flush();
            var _ = services.failure().thenAccept(stop::fail);
            stop.await();
        }
        return 0;
    }
}
