package dev.laneway.ingress.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.control.Directory;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key of the user {@code bob} in the team {@code red}, unless a test says otherwise. */
class DirectoryAuthenticatorTest {
    private static final String SECRET = "sk-bob-0123456789abc";
    private static final long NOW = 1_795_000_000_000L;

    private final Directory directory = new Directory();
    private final DirectoryAuthenticator authenticator =
            new DirectoryAuthenticator(headers -> new Admission.Wrong(), directory, () -> NOW);
    private final KeyDraft key = new KeyDraft("key_bob", FileKey.digest(SECRET), 0)
            .team("red")
            .user("bob")
            .by("cmd_1", 1);

    private void team(@Nullable Role bobs, boolean blocked, boolean deleted, Terms terms) {
        Map<String, Role> members = bobs == null ? Map.of() : Map.of("bob", bobs);
        directory.put(new Control.Team(1, "red", null, terms, members, blocked, deleted, null, Map.of(), 0));
    }

    private void user(@Nullable Role role, boolean blocked, boolean deleted, Terms terms) {
        directory.put(new Control.User(1, "bob", null, null, role, terms, blocked, deleted, null, Map.of(), 0));
    }

    private Admission admit() {
        directory.put(key.build());
        return authenticator.admit(MultiMap.caseInsensitiveMultiMap().add("authorization", "Bearer " + SECRET));
    }

    private Caller admitted() {
        return ((Admission.Admitted) admit()).caller();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "false, false, false, false, -",
                "true, false, false, false, TEAM_BLOCKED",
                "false, true, false, false, TEAM_BLOCKED",
                "false, false, true, false, USER_BLOCKED",
                "false, false, false, true, USER_BLOCKED",
            })
    void shouldOpenNothingForATeamOrAUserThatIsBlockedOrGone(
            boolean teamBlocked, boolean teamGone, boolean userBlocked, boolean userGone, Admission.@Nullable Why why) {
        team(Role.MEMBER, teamBlocked, teamGone, Terms.NONE);
        user(null, userBlocked, userGone, Terms.NONE);

        Admission admission = admit();

        if (why == null) {
            assertThat(admission).isInstanceOf(Admission.Admitted.class);
        } else {
            assertThat(admission).isEqualTo(new Admission.Closed(why));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "1, true"})
    void shouldOpenNothingFromTheMomentOnAtWhichItExpires(long in, boolean open) {
        key.expiresAt(NOW + in);

        assertThat(admit() instanceof Admission.Admitted).isEqualTo(open);
    }

    /** Whoever makes a team's keys gains nothing by the name of a user. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, MEMBER",
                "-, -, ADMIN, MEMBER",
                "-, -, READ_ONLY, READ_ONLY",
                "-, MEMBER, ADMIN, MEMBER",
                "-, MEMBER, READ_ONLY, MEMBER",
                "-, TEAM_ADMIN, -, TEAM_ADMIN",
                "-, TEAM_ADMIN, ADMIN, TEAM_ADMIN",
                "READ_ONLY, TEAM_ADMIN, ADMIN, READ_ONLY",
                "ADMIN, MEMBER, -, ADMIN",
            })
    void shouldBeInATeamWhatItsUserIsThere(@Nullable Role own, @Nullable Role inTeam, @Nullable Role user, Role role) {
        key.role(own);
        team(inTeam, false, false, Terms.NONE);
        user(user, false, false, Terms.NONE);

        assertThat(admitted().role()).isEqualTo(role);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, MEMBER", "ADMIN, ADMIN", "READ_ONLY, READ_ONLY"})
    void shouldBeWhatItsUserIsWithoutATeam(@Nullable Role user, Role role) {
        key.team(null);
        user(user, false, false, Terms.NONE);

        assertThat(admitted().role()).isEqualTo(role);
    }

    private static Terms all(String except) {
        return Terms.NONE.withModels(List.of("a", "b", "c", "d", "e").stream()
                .filter(model -> !model.equals(except))
                .toList());
    }

    /** By itself or by the budget that it refers to. */
    @Test
    void shouldCallWhatKeyTeamUserAndMembershipAllAllow() {
        key.template("narrow");
        directory.put(new Control.Template(1, "narrow", all("a"), false, null, 0));
        team(Role.MEMBER, false, false, all("b"));
        user(null, false, false, all("c"));
        directory.put(new Control.Purse(1, Scope.MEMBER, Scope.member("red", "bob"), all("d"), false, null));

        Caller caller = admitted();

        assertThat(List.of("a", "b", "c", "d", "e")).filteredOn(caller::mayCall).containsExactly("e");
    }
}
