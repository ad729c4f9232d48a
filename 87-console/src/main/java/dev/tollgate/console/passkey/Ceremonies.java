// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.WebAuthnException;
import dev.tollgate.console.person.Passkeys;
import dev.tollgate.console.person.Passkeys.Passkey;
import dev.tollgate.console.web.Site;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.UserId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// WebAuthn (W3C, level 3): what browsers are asked to sign, and whether they did. Everywhere the person must be
/// verified by the authenticator, not only present.
public final class Ceremonies {
    private static final String SIGN_IN = "sign-in";
    private static final String ENROL = "enrol";
    /// ES256, Ed25519 and RS256: what authenticators of people have.
    private static final String ALGORITHMS = "[{\"type\":\"public-key\",\"alg\":-7},"
            + "{\"type\":\"public-key\",\"alg\":-8},{\"type\":\"public-key\",\"alg\":-257}]";
    private static final List<PublicKeyCredentialParameters> KEYS = Stream.of(
                    COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256)
            .map(one -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, one))
            .toList();
    private static final int TIMEOUT_MILLIS = 120_000;

    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager();
    private final AttestedCredentialDataConverter converter =
            new AttestedCredentialDataConverter(new ObjectConverter());
    private final Site site;
    private final Passkeys passkeys;
    private final Challenges challenges;

    public Ceremonies(Site site, Passkeys passkeys, Challenges challenges) {
        this.site = site;
        this.passkeys = passkeys;
        this.challenges = challenges;
    }

    /// What a browser needs to make a passkey for a person, as JSON.
    public String creation(UserId user) {
        String exclude = passkeys.of(user).stream()
                .map(one -> "{\"type\":\"public-key\",\"id\":\"" + one.credential() + "\"}")
                .collect(Collectors.joining(","));
        String name = quoted(user.value());
        return "{\"rp\":{\"id\":" + quoted(site.host()) + ",\"name\":\"Tollgate\"},\"user\":{\"id\":"
                + quoted(text(Digest.sha256(user.value().getBytes(StandardCharsets.UTF_8)))) + ",\"name\":" + name
                + ",\"displayName\":" + name + "},\"challenge\":" + quoted(text(challenges.issue(ENROL)))
                + ",\"pubKeyCredParams\":" + ALGORITHMS + ",\"timeout\":" + TIMEOUT_MILLIS
                + ",\"excludeCredentials\":[" + exclude
                + "],\"authenticatorSelection\":{\"residentKey\":\"required\",\"requireResidentKey\":true,"
                + "\"userVerification\":\"required\"},\"attestation\":\"none\"}";
    }

    /// What a browser needs to sign in, as JSON.
    public String signIn() {
        return request(challenges.issue(SIGN_IN), List.of());
    }

    /// What a browser needs so that one of a person's passkeys signs a challenge, as JSON.
    public String assertion(Digest challenge, UserId user) {
        return request(challenge.bytes(), passkeys.of(user));
    }

    private String request(byte[] challenge, List<Passkey> allowed) {
        String credentials = allowed.stream()
                .map(one -> "{\"type\":\"public-key\",\"id\":\"" + one.credential() + "\"}")
                .collect(Collectors.joining(","));
        return "{\"challenge\":" + quoted(text(challenge)) + ",\"rpId\":" + quoted(site.host()) + ",\"timeout\":"
                + TIMEOUT_MILLIS + ",\"allowCredentials\":[" + credentials + "],\"userVerification\":\"required\"}";
    }

    /// Checks a new passkey.
    ///
    /// @param response what the browser made, as JSON
    /// @return nothing when anything about it is wrong
    public Optional<Passkey> created(String response, UserId user) {
        Optional<RegistrationData> parsed = parsed(() -> manager.parseRegistrationResponseJSON(response));
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        try {
            RegistrationData data = parsed.get();
            Optional<byte[]> challenge = ours(ENROL, data.getCollectedClientData());
            if (challenge.isEmpty()) {
                return Optional.empty();
            }
            manager.verify(data, new RegistrationParameters(property(challenge.get()), KEYS, true, true));
            if (data.getAttestationObject() == null) {
                return Optional.empty();
            }
            AuthenticatorData<?> authenticator = data.getAttestationObject().getAuthenticatorData();
            AttestedCredentialData source = authenticator.getAttestedCredentialData();
            return source == null
                    ? Optional.empty()
                    : Optional.of(new Passkey(
                            text(source.getCredentialId()),
                            user,
                            text(converter.convert(source)),
                            authenticator.getSignCount()));
        } catch (WebAuthnException | IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    /// Who signed in.
    ///
    /// @param response what the browser signed, as JSON
    /// @return nobody when anything about it is wrong
    public Optional<UserId> signedIn(String response) {
        return asserted(response, data -> ours(SIGN_IN, data)).map(Passkey::user);
    }

    /// Whether one of a person's passkeys signed exactly this challenge.
    public boolean signed(String response, Digest challenge, UserId user) {
        return asserted(response, _ -> Optional.of(challenge.bytes()))
                .filter(passkey -> passkey.user().equals(user))
                .isPresent();
    }

    /// The library meets text that is no response with exceptions of several libraries, null pointers among them.
    private static <T> Optional<T> parsed(Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    private interface Expected {
        Optional<byte[]> challenge(@Nullable CollectedClientData data);
    }

    private Optional<Passkey> asserted(String response, Expected expected) {
        Optional<AuthenticationData> parsed = parsed(() -> manager.parseAuthenticationResponseJSON(response));
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        try {
            AuthenticationData data = parsed.get();
            Optional<Passkey> passkey = credential(data).flatMap(passkeys::find);
            Optional<byte[]> challenge = expected.challenge(data.getCollectedClientData());
            if (passkey.isEmpty() || challenge.isEmpty()) {
                return Optional.empty();
            }
            manager.verify(
                    data,
                    new AuthenticationParameters(property(challenge.get()), record(passkey.get()), null, true, true));
            long counter = data.getAuthenticatorData() == null
                    ? 0
                    : data.getAuthenticatorData().getSignCount();
            return passkey.filter(one -> passkeys.used(one, counter));
        } catch (WebAuthnException | IllegalArgumentException wrong) {
            return Optional.empty();
        }
    }

    // The library's annotation stands before the array's element, which JSpecify reads as nullable bytes.
    @SuppressWarnings("NullAway")
    private static Optional<String> credential(AuthenticationData data) {
        return Optional.ofNullable(data.getCredentialId()).map(Ceremonies::text);
    }

    private CredentialRecordImpl record(Passkey passkey) {
        AttestedCredentialData source = converter.convert(Base64.getUrlDecoder().decode(passkey.source()));
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                null,
                null,
                passkey.counter(),
                source,
                null,
                null,
                null,
                new HashSet<>());
    }

    private Optional<byte[]> ours(String purpose, @Nullable CollectedClientData data) {
        return Optional.ofNullable(data)
                .map(found -> found.getChallenge().getValue())
                .filter(challenge -> challenges.use(purpose, challenge));
    }

    private ServerProperty property(byte[] challenge) {
        return ServerProperty.builder()
                .origin(new Origin(site.origin()))
                .rpId(site.host())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String quoted(String text) {
        return dev.tollgate.terms.CanonicalJson.text(dev.tollgate.terms.Value.of(text));
    }
}
