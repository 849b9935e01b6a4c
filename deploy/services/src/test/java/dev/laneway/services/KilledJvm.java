package dev.laneway.services;

import dev.laneway.contracts.Principal;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Another JVM that runs the servers until it is killed. */
final class KilledJvm implements AutoCloseable {
    private static final int KAFKA_PROPERTIES = 4;

    private final Process process;
    private final Endpoints endpoints;
    private final Map<String, String> kafka;

    private KilledJvm(Process process, Endpoints endpoints, Map<String, String> kafka) {
        this.process = process;
        this.endpoints = endpoints;
        this.kafka = kafka;
    }

    /** Runs in the other JVM: prints the three endpoints and how to log in to Kafka, and stays. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws Exception {
            var config = arguments.length == 0 ? ServicesConfig.temporary() : ServicesConfig.in(Path.of(arguments[0]));
            EmbeddedServices services = EmbeddedServices.start(config);
            services.environment().values().forEach(System.out::println);
            services.kafkaClient(Principal.ADMIN)
                    .forEach((property, value) -> System.out.println(property + ":" + value));
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    static KilledJvm start(String... arguments) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = process.inputReader();
        String kafka = line(out, line -> line.startsWith("127.0.0.1:"));
        Endpoints endpoints = new Endpoints(
                kafka, line(out, line -> line.startsWith("postgresql:")), line(out, line -> line.startsWith("redis:")));
        Map<String, String> client = new HashMap<>();
        while (client.size() < KAFKA_PROPERTIES) {
            String said = line(out, line -> line.matches("(bootstrap|security|sasl)\\..*"));
            client.put(said.substring(0, said.indexOf(':')), said.substring(said.indexOf(':') + 1));
        }
        return new KilledJvm(process, endpoints, client);
    }

    private static String line(BufferedReader out, Predicate<String> wanted) throws Exception {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (wanted.test(line)) {
                return line;
            }
        }
        throw new AssertionError("the other JVM ended early");
    }

    Clients clients() {
        return new Clients(endpoints, kafka);
    }

    long pid() {
        return process.pid();
    }

    /** By SIGKILL, together with the sweeper if wanted, so that the servers' processes live on. */
    void kill(boolean sweeperToo) throws Exception {
        if (sweeperToo) {
            process.children()
                    .filter(child -> child.info().command().orElse("").endsWith("sh"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
