#include "records/provenance.h"

#include <gtest/gtest.h>

#include "input_error_of.h"

namespace lf::records {
namespace {

using What = ProvenanceEntry::What;

ProvenanceEntry entry(What what, int64_t autoencoder, int64_t flow, double number = 0) {
  ProvenanceEntry made;
  made.what = what;
  made.autoencoder_step = autoencoder;
  made.flow_step = flow;
  made.number = number;
  return made;
}

Provenance course_of_everything() {
  Provenance provenance;
  provenance.plan.autoencoder_steps = 10;
  provenance.plan.encoder_steps = 4;
  provenance.plan.flow_steps = provenance.plan.shared_steps = 40;
  provenance.plan.until_fd = 2.5;
  provenance.pairs = 1000;
  provenance.start = std::string(64, 'b');
  provenance.entries = {entry(What::Session, 0, 0),       entry(What::Weights, 10, 0),
                        entry(What::Rate, 10, 3, 0.5),    entry(What::Finish, 10, 20, 20),
                        entry(What::Extend, 10, 40, 400), entry(What::Decoder, 11, 40)};
  provenance.entries[5].digest = std::string(64, '9');
  provenance.entries[0].environment = {2, "AVX2", "cpu", "0.7 \"x\""};
  provenance.entries[1].digest = std::string(64, '7');
  return provenance;
}

TEST(Provenance, ComesBackAsItWent) {
  const Provenance before = course_of_everything();
  const Provenance after = parse_provenance(provenance_text(before), "run");
  EXPECT_EQ(provenance_text(after), provenance_text(before));
  ASSERT_EQ(after.entries.size(), before.entries.size());
  EXPECT_EQ(after.plan.flow_steps, 40);
  EXPECT_EQ(after.plan.until_fd, 2.5);
  EXPECT_EQ(after.plan.encoder_steps, 4);
  EXPECT_EQ(after.plan.shared_steps, 40);
  EXPECT_EQ(after.entries[5].what, What::Decoder);
  EXPECT_EQ(after.entries[5].digest, before.entries[5].digest);
  EXPECT_EQ(after.pairs, 1000);
  EXPECT_TRUE(*after.last_environment() == before.entries[0].environment);
  EXPECT_EQ(after.entries[1].digest, before.entries[1].digest);
  for (size_t i = 2; i < 5; ++i) {
    EXPECT_EQ(after.entries[i].what, before.entries[i].what);
    EXPECT_EQ(after.entries[i].number, before.entries[i].number);
    EXPECT_EQ(after.entries[i].flow_step, before.entries[i].flow_step);
  }
}

TEST(Provenance, WhatNoRunWritesIsRefused) {
  const std::string sound = provenance_text(course_of_everything());
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = sound;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("{}"), std::string("{\"entries\":7}"), sound.substr(9),
        changed("\"flow_steps\":40", "\"flow_steps\":-1"), changed("\"pairs\":1000", "\"pairs\":1e300"),
        changed("\"encoder_steps\":4", "\"encoder_steps\":11"), changed("9999", "Z999"),
        changed("7777", "XXXX"), changed("7777", ""), changed("[10,40]", "[10,1]"),
        changed("[10,40]", "[10]"), changed("\"rate\":0.5", "\"rate\":2"),
        changed("\"rate\":0.5", "\"rate\":\"x\""), changed("\"threads\":2", "\"threads\":1e9"),
        changed("\"finish\":20", "\"finish\":0"), changed("\"extend\":400.0", "\"other\":400.0")}) {
    EXPECT_TRUE(has(input_error_of([&] { parse_provenance(text, "run"); }), {"run: ", "damaged"})) << text;
  }
}

TEST(Provenance, OfEarlierVersionsTrainsAllOfTheAutoencoderFirst) {
  Provenance before = course_of_everything();
  before.plan = without_frozen_encoder(before.plan);
  const std::string text = provenance_text(before);
  EXPECT_EQ(text.find("encoder_steps\":4"), std::string::npos) << "what they would not know is not written";
  EXPECT_EQ(text.find("shared_steps"), std::string::npos);
  const Provenance after = parse_provenance(text, "run");
  EXPECT_EQ(after.plan.encoder_steps, 10);
  EXPECT_EQ(after.plan.shared_steps, 0);
}

TEST(Provenance, MarksOneTwoFive) {
  std::vector<int64_t> marked;
  for (int64_t step = -3; step <= 1000; ++step)
    if (is_marked_step(step)) marked.push_back(step);
  EXPECT_EQ(marked, (std::vector<int64_t>{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}));
}

TEST(Provenance, SaysWhatIsAnother) {
  const Environment two{2, "AVX2", "cpu", "a"};
  EXPECT_EQ(difference(two, two), "");
  EXPECT_EQ(difference(two, {4, "AVX2", "cpu", "a"}), "4 threads instead of 2");
  EXPECT_EQ(difference(two, {1, "AVX512", "cpu", "b"}),
            "1 thread instead of 2, AVX512 instead of AVX2 instructions, another build of the program");
}

}  // namespace
}  // namespace lf::records
