package dev.laneway.standalone.servers;

import dev.laneway.contracts.Principal;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.kafka.KafkaEnvironment;
import dev.laneway.services.KafkaAcls;
import dev.laneway.standalone.cli.StartFailed;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code acls}: who may do what at a broker that is not the embedded one, which has these rules by itself. */
@Command(
        name = "acls",
        description = "Shows the rules that keep the zones apart at a broker, or puts them in force there.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class AclsCommand implements Callable<Integer> {
    private static final String OURS = "lw.";
    private static final int ANSWER_SECONDS = 20;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--apply",
            description =
                    "Put them in force at KAFKA_BOOTSTRAP_SERVERS, as the user admin (KAFKA_PASSWORD_ADMIN). Rules of the same users"
                            + " for lw.* that are not among them are deleted. Without it each rule is printed as arguments of kafka-acls.sh.")
    private boolean apply;

    @Override
    public Integer call() throws Exception {
        Environment environment = Environment.system();
        Function<Principal, String> user = principal -> KafkaEnvironment.userOf(environment, principal);
        PrintWriter out = spec.commandLine().getOut();
        if (apply) {
            out.println(apply(ServersFromEnvironment.kafka(environment), user));
        } else {
            KafkaAcls.of(user).stream()
                    .sorted(Comparator.comparing(
                                    (AclBinding rule) -> rule.entry().principal())
                            .thenComparing(rule -> rule.pattern().name()))
                    .map(AclsCommand::arguments)
                    .forEach(out::println);
        }
        out.flush();
        return 0;
    }

    /** Puts the rules in force. @return what that changed, in one line */
    static String apply(KafkaAccess kafka, Function<Principal, String> user) throws StartFailed {
        if (!kafka.has(Principal.ADMIN)) {
            throw new StartFailed(
                    "the broker's rules are made by its admin: set " + KafkaEnvironment.passwordOf(Principal.ADMIN));
        }
        AwaitedServers.kafka(kafka.servers(), AwaitedServers.PATIENCE);
        try (Admin admin = Admin.create(kafka.as(Principal.ADMIN).admin("laneway-acls"))) {
            KafkaAcls.Change change = KafkaAcls.change(
                    user, admin.describeAcls(AclBindingFilter.ANY).values().get(ANSWER_SECONDS, TimeUnit.SECONDS));
            List<AclBindingFilter> stale = change.stale().stream()
                    .filter(rule -> rule.pattern().name().startsWith(OURS))
                    .map(AclBinding::toFilter)
                    .toList();
            admin.createAcls(change.missing()).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            admin.deleteAcls(stale).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            int others = change.stale().size() - stale.size();
            return "rules: " + KafkaAcls.of(user).size() + " in force, "
                    + change.missing().size() + " of them new; "
                    + stale.size() + " deleted"
                    + (others == 0 ? "" : "; " + others + " of the same users for other things are left as they are");
        } catch (ExecutionException e) {
            throw new StartFailed(
                    e.getCause() instanceof SecurityDisabledException
                            ? "the broker keeps no rules: it needs authorizer.class.name"
                            : "the broker refuses: " + String.valueOf(e.getCause()),
                    e);
        } catch (TimeoutException e) {
            throw new StartFailed("the broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed("interrupted while the broker was asked", e);
        }
    }

    /** As Kafka's own tool wants a rule said. */
    private static String arguments(AclBinding rule) {
        boolean group = rule.pattern().resourceType() == ResourceType.GROUP;
        boolean prefix = rule.pattern().patternType() == PatternType.PREFIXED;
        String operation = rule.entry().operation().name();
        return "--add --allow-principal " + rule.entry().principal() + " --operation "
                + operation.charAt(0) + operation.substring(1).toLowerCase(Locale.ROOT)
                + (group ? " --group " : " --topic ") + rule.pattern().name()
                + (prefix ? " --resource-pattern-type prefixed" : "");
    }
}
