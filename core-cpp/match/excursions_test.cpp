// SPDX-License-Identifier: MIT
#include "core-cpp/match/excursions.hpp"

#include <gtest/gtest.h>

#include "core-cpp/base/geo.hpp"

namespace tomare::match {
namespace {

/// Ten seconds and 100 m from each anchor to the next, to the northeast (3 : 4) in the latitude of Tokyo.
struct Section {
  std::vector<Anchor> anchors;
  std::vector<int32_t> lat_e7, lon_e7;

  explicit Section(uint32_t count) {
    constexpr int32_t kLat = 350'000'000;
    const MetreScale scale = metre_scale(kLat);
    for (uint32_t k = 0; k < count; ++k) {
      Anchor anchor;
      anchor.fix = k;
      anchor.dt_s = k > 0 ? 10 : 0;
      anchor.straight_m = k > 0 ? 100 : 0;
      anchors.push_back(anchor);
      lat_e7.push_back(kLat + static_cast<int32_t>(k * 80 / scale.y));
      lon_e7.push_back(static_cast<int32_t>(k * 60 / scale.x));
    }
    anchors[0].starts_section = true;
  }
  Fixes fixes() const {
    Fixes f;
    f.count = static_cast<uint32_t>(lat_e7.size());
    f.lat_e7 = lat_e7.data();
    f.lon_e7 = lon_e7.data();
    return f;
  }
  std::string marks() const {
    std::string text;
    for (const Anchor& anchor : anchors) text += anchor.left_out ? 'x' : '.';
    return text;
  }
};

std::vector<uint8_t> off(const std::string& text) {
  std::vector<uint8_t> flags;
  for (const char c : text) flags.push_back(c == 'o' ? 1 : 0);
  return flags;
}

TEST(Excursions, AStretchAsLongAsAllowedIsMarked) {
  Section at(6), above(6);
  EXPECT_TRUE(mark_short_excursions(off("..oo.."), 0, 30, &at.anchors));
  EXPECT_EQ(at.marks(), "..xx..") << "three steps of ten seconds, up to the anchor after it";
  EXPECT_FALSE(mark_short_excursions(off("..oo.."), 0, 29.9, &above.anchors));
  EXPECT_EQ(above.marks(), "......");
}

TEST(Excursions, BeginningsAndEndsOffTheRoadStay) {
  Section section(6);
  EXPECT_FALSE(mark_short_excursions(off("oo...o"), 0, 1000, &section.anchors));
  EXPECT_EQ(section.marks(), "......");
}

TEST(Excursions, EachStretchIsAskedForItself) {
  Section section(9);
  EXPECT_TRUE(mark_short_excursions(off(".o.ooo.o."), 0, 20, &section.anchors));
  EXPECT_EQ(section.marks(), ".x.....x.");
}

TEST(Excursions, WhatBridgesAlreadyStaysWhereverItIs) {
  for (const uint32_t bridging : {2U, 3U}) {  // in the stretch, and the first anchor after it
    Section section(5);
    section.anchors[bridging].bridges = true;
    EXPECT_FALSE(mark_short_excursions(off(".oo.."), 0, 1000, &section.anchors)) << bridging;
  }
}

TEST(Excursions, OfALaterSectionTheAnchorsAreItsOwn) {
  Section section(7);
  section.anchors[3].starts_section = true;
  EXPECT_TRUE(mark_short_excursions(off("..o."), 3, 20, &section.anchors));
  EXPECT_EQ(section.marks(), ".....x.");
}

TEST(LeaveOut, StepsGrowOverWhatIsGone) {
  Section section(6);
  section.anchors[2].left_out = section.anchors[3].left_out = true;
  section.anchors[3].travelled_m = 130;
  leave_out_marked(section.fixes(), 0, &section.anchors);
  ASSERT_EQ(section.anchors.size(), 4U);
  const Anchor& after = section.anchors[2];
  EXPECT_EQ(after.fix, 4U);
  EXPECT_TRUE(after.bridges);
  EXPECT_EQ(after.dt_s, 30);
  EXPECT_EQ(after.travelled_m, 330) << "the logged way where there is one, else the straight line";
  EXPECT_NEAR(after.straight_m, 300.6, 1) << "from the anchor before to this one";
  EXPECT_FALSE(section.anchors[1].bridges);
  EXPECT_FALSE(section.anchors[3].bridges);
  EXPECT_EQ(section.anchors[3].dt_s, 10);
}

TEST(LeaveOut, TheNextSectionStaysAsItIs) {
  Section section(6);
  section.anchors[3].starts_section = true;
  section.anchors[1].left_out = section.anchors[4].left_out = true;
  leave_out_marked(section.fixes(), 0, &section.anchors);
  ASSERT_EQ(section.anchors.size(), 5U);
  EXPECT_EQ(section.anchors[2].fix, 3U);
  EXPECT_TRUE(section.anchors[3].left_out);
}

/// Steps of `metres` in ten seconds each; which of them are walks.
std::string walks(const std::string& against, float metres, int fast_step = -1) {
  Section section(static_cast<uint32_t>(against.size()));
  for (size_t k = 1; k < against.size(); ++k) section.anchors[k].straight_m = metres;
  if (fast_step >= 0) section.anchors[static_cast<size_t>(fast_step)].travelled_m = 40;
  std::vector<uint8_t> marks;
  const bool any = mark_walks(off(against), 0, section.anchors, &marks);
  std::string text;
  for (const uint8_t mark : marks) text += mark != 0 ? 'x' : '.';
  EXPECT_EQ(any, text.find('x') != std::string::npos);
  return text;
}

TEST(Walks, SlowAllAlongFarEnoughAgainstAOneWayStreet) {
  EXPECT_EQ(walks("..oooooo.", 20), "..xxxxxx.") << "100 m";
  EXPECT_EQ(walks("..oooooo.", 19.9F), ".........") << "less";
  EXPECT_EQ(walks("..ooooo..", 25), ".........") << "four steps of 25 m";
  EXPECT_EQ(walks("oooooo", 25), "xxxxxx") << "2.5 m/s";
  EXPECT_EQ(walks("oooooo", 25.1F), "......") << "faster";
}

TEST(Walks, ACarIsFasterSomewhere) {
  EXPECT_EQ(walks("..oooooooo", 20, 5), "..........") << "by the speeds";
  EXPECT_EQ(walks("..oooooooo", 20, 2), "..xxxxxxxx") << "before it the road was another";
  EXPECT_EQ(walks("ooooooo.oooooo", 20, 9), "xxxxxxx.......") << "each stretch for itself";
}

}  // namespace
}  // namespace tomare::match
