// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SecretValue;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An OpenID provider, as its metadata says. Whatever it says wrong, late or not at all lets nobody in.
final class OidcProvider {
    /// A key or an address that the provider changed is followed within this time.
    private static final Duration METADATA_LIFE = Duration.ofMinutes(10);

    /// Signatures with the provider's own key: `none` and the client's secret prove nothing to us.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final int SKEW_SECONDS_MAX = 60;
    private static final Scope SCOPE = new Scope("openid", "profile", "email");

    private final OidcClient client;
    private final InstantSource clock;
    private final Bounded http = new Bounded();
    private @Nullable Known known;

    private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator, Instant until) {}

    /// What one sign-in is bound to, made anew for each.
    record Bond(String state, String nonce, String verifier) {}

    /// The provider does not answer as it should.
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        /// @param why one of our own words
        Failed(String why) {
            super(why);
        }
    }

    OidcProvider(OidcClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /// Where a browser goes to sign in.
    URI authorization(Bond bond) throws Failed {
        return new AuthenticationRequest.Builder(ResponseType.CODE, SCOPE, new ClientID(client.id()), client.callback())
                .endpointURI(known().metadata().getAuthorizationEndpointURI())
                .state(new State(bond.state()))
                .nonce(new Nonce(bond.nonce()))
                .codeChallenge(new CodeVerifier(bond.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /// Buys the ID token with the code that the browser brought, and reads who signed in.
    Optional<String> person(String code, Bond bond) throws Failed {
        Known provider = known();
        try {
            JWT token = idToken(provider, code, bond);
            IDTokenClaimsSet claims = provider.validator().validate(token, new Nonce(bond.nonce()));
            boolean sure =
                    !client.claim().equals("email") || Boolean.TRUE.equals(claims.getBooleanClaim("email_verified"));
            return sure ? Optional.ofNullable(claims.getStringClaim(client.claim())) : Optional.empty();
        } catch (BadJOSEException | JOSEException wrong) {
            throw new Failed("the ID token is not valid");
        } catch (ParseException | IOException wrong) {
            throw new Failed("the code was not taken");
        }
    }

    private JWT idToken(Known provider, String code, Bond bond) throws Failed, IOException, ParseException {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), client.callback(), new CodeVerifier(bond.verifier()));
        URI endpoint = provider.metadata().getTokenEndpointURI();
        HTTPRequest request = client.secret().isPresent()
                ? confidential(endpoint, grant, client.secret().get())
                : new TokenRequest.Builder(endpoint, new ClientID(client.id()), grant)
                        .build()
                        .toHTTPRequest();
        HTTPResponse response = http.send(request);
        response.setHeader("Content-Type", "application/json");
        if (!(OIDCTokenResponseParser.parse(response) instanceof OIDCTokenResponse tokens)) {
            throw new Failed("the code was not taken");
        }
        return tokens.getOIDCTokens().getIDToken();
    }

    @RevealsSecret("the provider's token endpoint takes the client's secret")
    private HTTPRequest confidential(URI endpoint, AuthorizationCodeGrant grant, Supplier<Optional<SecretValue>> secret)
            throws Failed {
        SecretValue leased = secret.get().orElseThrow(() -> new Failed("the client's secret cannot be had"));
        ClientSecretBasic proof = new ClientSecretBasic(new ClientID(client.id()), new Secret(leased.reveal()));
        return new TokenRequest.Builder(endpoint, proof, grant).build().toHTTPRequest();
    }

    private synchronized Known known() throws Failed {
        Instant now = clock.instant();
        if (known == null || !now.isBefore(known.until())) {
            known = fetched(now.plus(METADATA_LIFE));
        }
        return known;
    }

    private Known fetched(Instant until) throws Failed {
        try {
            String issuer = client.issuer().toString();
            String base = issuer.endsWith("/") ? issuer : issuer + "/";
            HTTPResponse answer = http.get(URI.create(base + ".well-known/openid-configuration"));
            OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(String.valueOf(answer.getBody()));
            if (answer.getStatusCode() != 200 || !metadata.getIssuer().equals(new Issuer(issuer))) {
                throw new Failed("the provider's metadata is of somebody else");
            }
            return new Known(metadata, validator(metadata), until);
        } catch (IOException | ParseException broken) {
            throw new Failed("the provider's metadata cannot be read");
        }
    }

    private IDTokenValidator validator(OIDCProviderMetadata metadata) throws MalformedURLException {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                        metadata.getJWKSetURI().toURL(), url -> {
                            try {
                                return new Resource(
                                        String.valueOf(http.get(url.toURI()).getBody()), "application/json");
                            } catch (java.net.URISyntaxException wrong) {
                                throw new IOException("no address", wrong);
                            }
                        })
                .build();
        IDTokenValidator validator = new IDTokenValidator(
                metadata.getIssuer(),
                new ClientID(client.id()),
                new JWSVerificationKeySelector<>(ALGORITHMS, keys),
                null);
        validator.setMaxClockSkew(SKEW_SECONDS_MAX);
        return validator;
    }
}
