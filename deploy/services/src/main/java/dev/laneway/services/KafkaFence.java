package dev.laneway.services;

import dev.laneway.contracts.Principal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import kafka.server.ControllerServer;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.server.authorizer.Authorizer;

/**
 * Sees to it that the embedded broker's rules are those of this version, before it serves: said to its controller, which runs in
 * this JVM. A folder of an older version has none or others; one of this version has them, and nothing is written.
 */
final class KafkaFence {
    private static final long AGAIN_MILLIS = 5;
    private static final long PATIENCE_MILLIS = 30_000;

    private KafkaFence() {}

    /** Blocks until the controller, which must have been started, goes by them. */
    static void build(ControllerServer controller) {
        // says nothing of those that are there, and only a controller that has read its whole log hears it
        List<AclBinding> wanted = KafkaAcls.of(Principal::id);
        sayUntilHeard(() -> controller.controller().createAcls(context(), wanted))
                .forEach(made -> refuse(made.exception()));
        List<AclBindingFilter> stale =
                inForce(controller).stale().stream().map(AclBinding::toFilter).toList();
        if (!stale.isEmpty()) {
            sayUntilHeard(() -> controller.controller().deleteAcls(context(), stale))
                    .forEach(deleted -> refuse(deleted.exception()));
        }
    }

    /** What the authorizer knows comes to it all at once, a little after the controller knows it. */
    private static KafkaAcls.Change inForce(ControllerServer controller) {
        Authorizer authorizer = controller.authorizerPlugin().get().get();
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            KafkaAcls.Change change = KafkaAcls.change(Principal::id, authorizer.acls(AclBindingFilter.ANY));
            if (change.missing().isEmpty()) {
                return change;
            }
            if (System.currentTimeMillis() > until) {
                throw new IllegalStateException("the broker's rules did not come into force");
            }
            pause();
        }
    }

    private interface Wish<T> {
        CompletableFuture<T> say();
    }

    /** A controller that has just started leads nobody yet. */
    private static <T> T sayUntilHeard(Wish<T> wish) {
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            try {
                return wish.say().join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof NotControllerException) || System.currentTimeMillis() > until) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker's rules were written", e);
        }
    }

    private static void refuse(Optional<? extends ApiException> failure) {
        failure.ifPresent(cause -> {
            throw new IllegalStateException("the broker's rules can't be written", cause);
        });
    }

    private static ControllerRequestContext context() {
        return new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
    }
}
