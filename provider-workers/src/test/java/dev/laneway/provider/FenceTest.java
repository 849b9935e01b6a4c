package dev.laneway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.Privacy;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The third fence: forged events and configs that changed under way. */
class FenceTest {
    private static final Duration TIME = Duration.ofSeconds(5);

    private Rig rig;

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    static Stream<Scene> forgedInTheLocalZone() {
        Scene local = Scene.of("d_cloud").in(Zone.LOCAL, "private");
        return Stream.of(
                local,
                Scene.of("d_cloud").in(Zone.LOCAL, "premium"),
                local.claiming(Zone.CLOUD, "private"),
                local.claiming(Zone.CLOUD, "premium"),
                local.claiming(Zone.LOCAL, "premium"),
                local.answeredTo("lw.cloud.replies"),
                local.onAccount("other"));
    }

    @ParameterizedTest
    @MethodSource("forgedInTheLocalZone")
    void shouldRefuseWorkOfZoneLocalForACloudDeployment(Scene forged) throws Exception {
        rig = new Rig(Zone.LOCAL);
        rig.deployment("d_cloud", Zone.CLOUD, TIME, TIME, null).open();

        rig.give(forged);

        assertThat(rig.kind()).isEqualTo(FailureKind.ZONE_REFUSED);
        assertThat(rig.failed().called()).isFalse();
        assertThat(rig.vendor.calls).isEmpty();
        assertThat(rig.outbox.failures().getFirst().topic())
                .isEqualTo("lw.local.failures." + forged.lane() + ".interactive");
    }

    static Stream<Scene> forgedForALocalDeployment() {
        Scene local = Scene.of("d_local").in(Zone.LOCAL, "private");
        return Stream.of(
                local.claiming(Zone.CLOUD, "private"),
                local.claiming(Zone.LOCAL, "premium"),
                local.answeredTo("lw.cloud.replies"),
                local.answeredTo("lw.usage"),
                local.onAccount("other"));
    }

    @ParameterizedTest
    @MethodSource("forgedForALocalDeployment")
    void shouldRefuseAnEnvelopeThatIsNotItsTopics(Scene forged) throws Exception {
        rig = new Rig(Zone.LOCAL);
        rig.deployment("d_local", Zone.LOCAL, TIME, TIME, null).open();

        rig.give(forged);

        assertThat(rig.kind()).isEqualTo(FailureKind.ZONE_REFUSED);
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldCallALocalDeploymentForWorkOfZoneLocal() throws Exception {
        rig = new Rig(Zone.LOCAL);
        rig.deployment("d_local", Zone.LOCAL, TIME, TIME, null).open();

        rig.give(Scene.of("d_local").in(Zone.LOCAL, "private"));

        assertThat(rig.vendor.next().body()).isEqualTo("hello");
    }

    @Test
    void shouldRefuseWhatALocalServerWouldPassOnToItsCloud() throws Exception {
        rig = new Rig(Zone.LOCAL);
        rig.deployment("d_local", Zone.LOCAL, TIME, TIME, null);
        rig.vendorModel("d_local", "kimi-k2:cloud").open();

        rig.give(Scene.of("d_local").in(Zone.LOCAL, "private"));

        assertThat(rig.kind()).isEqualTo(FailureKind.ZONE_REFUSED);
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldRefuseALaneThatTheConfigNowKeepsInside() throws Exception {
        rig = new Rig().open();
        rig.lane("premium", Privacy.LOCAL_ONLY).reload();

        rig.give(Scene.of("d_1"));

        assertThat(rig.kind()).isEqualTo(FailureKind.ZONE_REFUSED);
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldRefuseWhatWaitedWhenTheConfigBeganToKeepItInside() throws Exception {
        rig = new Rig();
        rig.maxInFlight = 1;
        rig.open();
        rig.give(Scene.of("d_1"));
        ScriptedVendor.Call first = rig.vendor.next();
        rig.give(Scene.of("d_1"));

        rig.lane("premium", Privacy.LOCAL_ONLY).reload();
        first.stream("token done").end();

        assertThat(rig.kind()).isEqualTo(FailureKind.ZONE_REFUSED);
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldLeaveTheNetworkOnlyForWhatALaneApproves() throws Exception {
        rig = new Rig();
        rig.lane("premium", Privacy.LOCAL_FIRST, "another").open();

        rig.give(Scene.of("d_1"));
        FailureKind unapproved = rig.kind();
        rig.lane("premium", Privacy.LOCAL_FIRST, "group").reload();
        rig.give(Scene.of("d_1"));

        assertThat(unapproved).isEqualTo(FailureKind.ZONE_REFUSED);
        assertThat(rig.vendor.next().body()).isEqualTo("hello");
    }

    @Test
    void shouldHoldTheRouteToItsNarrowerRule() throws Exception {
        rig = new Rig();
        rig.route("smart", "premium", Privacy.LOCAL_FIRST, Zone.CLOUD, "another")
                .open();

        rig.give(Scene.of("d_1"));

        assertThat(rig.kind()).isEqualTo(FailureKind.ZONE_REFUSED);
        assertThat(rig.vendor.calls).isEmpty();
    }

    @Test
    void shouldCountRefusals() throws Exception {
        rig = new Rig().open();
        rig.lane("premium", Privacy.LOCAL_ONLY).reload();

        var done = rig.give(Scene.of("d_1"));

        Rig.until(done::succeeded);
        assertThat(rig.meters.scrape())
                .contains("laneway_worker_returned_total{kind=\"zone_refused\",zone=\"cloud\"} 1.0");
    }
}
