// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromisesTest {
    private static final String PROMISE = "unsupported-promise";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your refund is approved.",
                "Your refund has been approved and you need do nothing.",
                "We have approved your refund.",
                "Good news about your refund! Dear Ada, it has been granted.",
                "We can confirm that your refund was approved.",
                "Your refund is not only approved but already paid.",
                "Your refund will be approved.",
                "We are going to refund you 200 EUR.",
                "We refunded you yesterday.",
                "Your refund, however, is approved.",
                "When you read this, your refund is approved.",
                "Did you know your refund is approved?",
                "Your re\u200bfund is app&#114;oved.",
                "Your <b>refund</b> is <i>approved</i>.",
                "YOUR REFUND IS A P P R O V E D.",
                "Your money back is on its way.",
                "Ihre Rückerstattung wurde genehmigt.",
                "Votre remboursement est approuvé.",
                "Su reembolso ha sido aprobado.",
                "Il suo rimborso è stato approvato.",
                "Before the weekend your refund was approved."
            })
    void what_the_record_does_not_bear_out_is_found(String body) {
        // When
        Set<String> words = Letter.words(body, Letter.refundIs("requested"));

        // Then
        assertThat(words).contains(PROMISE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Your refund is requested and under review.",
                "Your refund has not been approved yet.",
                "Your refund isn't approved.",
                "No refund was approved.",
                "If your refund is approved, we will write to you.",
                "As soon as your refund request has been approved we tell you.",
                "Is my refund approved?",
                "Your refund may be approved next week.",
                "Your refund needs to be approved by Finance.",
                "We can only refund you once Finance has approved it.",
                "Thank you for asking about your refund. We look into it.",
                "Ihre Rückerstattung wurde noch nicht genehmigt.",
                "Votre remboursement n'est pas approuvé."
            })
    void what_is_denied_asked_possible_or_true_is_none(String body) {
        // When
        Set<String> words = Letter.words(body, Letter.refundIs("requested"));

        // Then
        assertThat(words).doesNotContain(PROMISE);
    }

    @Test
    void what_was_reached_may_be_said_and_what_is_certain_may_be_promised() {
        // When
        Set<String> paid = Letter.words("Your refund was approved.", Letter.refundIs("paid"));
        Set<String> coming = Letter.words("Your refund will be paid on Monday.", Letter.refundIs("approved"));
        Set<String> already = Letter.words("Your refund was paid.", Letter.refundIs("approved"));
        Set<String> refused = Letter.words("Your refund will be paid on Monday.", Letter.refundIs("refused"));

        // Then
        assertThat(paid).doesNotContain(PROMISE);
        assertThat(coming).doesNotContain(PROMISE);
        assertThat(already).contains(PROMISE);
        assertThat(refused).contains(PROMISE);
    }

    @Test
    void a_claim_about_records_that_disagree_or_that_nobody_knows_is_not_borne_out() {
        // When
        Set<String> both = Letter.words("Your refund is approved.", Letter.refundIs("approved", "requested"));
        Set<String> none = Letter.words("Your refund is approved.", OutboundContext.NOTHING);

        // Then
        assertThat(both).contains(PROMISE);
        assertThat(none).contains(PROMISE);
    }

    @Test
    void the_subject_line_says_what_the_body_speaks_of() {
        // When
        Set<String> refund = Letter.words(Letter.parts("Your refund", "It is on its way."), Letter.refundIs("paid"));
        Set<String> parcel = Letter.words(Letter.parts("Your parcel", "It is on its way."), Letter.refundIs("paid"));

        // Then
        assertThat(refund).doesNotContain(PROMISE);
        assertThat(parcel).contains(PROMISE);
    }
}
