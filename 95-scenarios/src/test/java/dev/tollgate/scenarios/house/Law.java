// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.house;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A house rule, and sources that break it: a rule that its own break does not wake protects nothing.
///
/// @param name   for the test report
/// @param rule   what every class of the product keeps
/// @param broken sources that do not keep it
record Law(String name, ArchRule rule, List<String> broken) {
    /// Every law.
    static List<Law> all() {
        List<Law> laws = new ArrayList<>(borders());
        laws.addAll(habits());
        return laws;
    }

    private static List<Law> borders() {
        return List.of(
                law(
                        "rooms",
                        HouseRules.rooms_import_only_what_the_table_allows(),
                        "package dev.tollgate.policy; class Eager { dev.tollgate.gateway.Front front; }"),
                law(
                        "cycles",
                        HouseRules.packages_form_no_cycle(),
                        "package dev.tollgate.policy.left; public class Left { dev.tollgate.policy.right.Right it; }",
                        "package dev.tollgate.policy.right; public class Right { dev.tollgate.policy.left.Left it; }"),
                law(
                        "internals",
                        HouseRules.internal_packages_stay_in_their_room(),
                        "package dev.tollgate.store.internal; public class Hidden {}",
                        "package dev.tollgate.audit; class Curious { dev.tollgate.store.internal.Hidden found; }"),
                law(
                        "cedar",
                        HouseRules.cedar_java_is_used_only_in_05_cedar(),
                        "package com.cedarpolicy; public class Engine {}",
                        "package dev.tollgate.policy; class Direct { com.cedarpolicy.Engine engine; }"),
                law(
                        "databases",
                        HouseRules.databases_are_reached_only_through_08_store_and_the_sql_connector(),
                        "package dev.tollgate.audit; class Direct { java.sql.Connection connection; }"),
                law(
                        "http",
                        HouseRules.http_clients_live_only_where_calls_leave(),
                        "package dev.tollgate.policy; class Caller { java.net.http.HttpClient client; }"),
                law(
                        "connectors",
                        HouseRules.connectors_do_not_depend_on_each_other(),
                        "package dev.tollgate.connectors.tryton; public class Tryton {}",
                        "package dev.tollgate.connectors.demo; class A { dev.tollgate.connectors.tryton.Tryton it; }"),
                law(
                        "terms",
                        HouseRules.terms_import_only_java_and_annotations(),
                        "package dev.tollgate.terms; class Learned { org.junit.jupiter.api.Test test; }"));
    }

    private static List<Law> habits() {
        return List.of(
                habit("moments", HouseRules.time_and_chance_are_injected(), "Object at = java.time.Instant.now();"),
                habit(
                        "moments by reference",
                        HouseRules.time_and_chance_are_injected(),
                        "java.util.function.Supplier<java.time.Instant> at = java.time.Instant::now;"),
                habit("chance", HouseRules.time_and_chance_are_injected(), "Object dice = new java.util.Random();"),
                habit(
                        "sleep",
                        HouseRules.time_and_chance_are_injected(),
                        "void nap() throws Exception { Thread.sleep(1); }"),
                habit("prints", HouseRules.nothing_prints_past_the_log(), "void say() { System.out.println(); }"),
                habit("errors", HouseRules.nothing_prints_past_the_log(), "void say() { System.err.println(); }"),
                habit(
                        "traces",
                        HouseRules.nothing_prints_past_the_log(),
                        "void say(Exception e) { e.printStackTrace(); }"),
                habit("names", HouseRules.no_class_has_a_worn_name(), "class StringUtils {}"),
                habit(
                        "services",
                        HouseRules.nothing_is_found_by_a_service_loader_or_injected(),
                        "Object all = java.util.ServiceLoader.load(Runnable.class);"),
                habit("statics", HouseRules.no_static_field_can_be_changed(), "static int count;"));
    }

    private static Law habit(String name, ArchRule rule, String member) {
        return law(name, rule, "package dev.tollgate.policy; class Planted { " + member + " }");
    }

    private static Law law(String name, ArchRule rule, String... broken) {
        return new Law(name, rule.allowEmptyShould(true), Arrays.asList(broken));
    }

    @Override
    public String toString() {
        return name;
    }
}
