// SPDX-License-Identifier: MIT
// Vectors of four floats: the compilers' own, the same on every target, so that every build computes the same bits.
// V8 makes no vectors, and a branch of each float condition: what is hot is written with these.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace tomare {

using Float4 = float __attribute__((vector_size(16)));
using Mask4 = int32_t __attribute__((vector_size(16)));

inline Float4 all4(float x) { return Float4{x, x, x, x}; }

inline Float4 load4(const float* from) {
  Float4 v;
  std::memcpy(&v, from, sizeof(v));
  return v;
}
inline void store4(float* to, Float4 v) { std::memcpy(to, &v, sizeof(v)); }

/// How many floats hold `count` in whole vectors.
inline constexpr uint32_t whole4(uint32_t count) { return (count + 3) & ~3U; }

inline void fill4(float* to, size_t count, float value) {
  for (size_t i = 0; i < count; i += 4, to += 4) {
    store4(to, all4(value));
    asm("" : "+r"(to));  // else the compiler would call memset, in WASM a loop without vectors
  }
}
/// Room for `count` floats in whole vectors, all `value`.
inline void refill4(std::vector<float>* values, uint32_t count, float value) {
  if (values->size() < whole4(count)) values->resize(whole4(count));
  fill4(values->data(), whole4(count), value);
}

/// Room for floats that have no value until they are written; std::vector would write each twice.
class FloatRoom {
 public:
  float* data() { return floats_.get(); }
  const float* data() const { return floats_.get(); }
  /// At least for `count`; the first `kept` stay.
  void make(size_t count, size_t kept) {
    if (count <= room_) return;
    room_ = 2 * count;
    auto more = std::make_unique_for_overwrite<float[]>(room_);
    if (kept > 0) std::memcpy(more.get(), floats_.get(), kept * sizeof(float));
    floats_ = std::move(more);
  }

 private:
  std::unique_ptr<float[]> floats_;
  size_t room_ = 0;
};

inline Float4 select4(Mask4 mask, Float4 yes, Float4 no) { return (Float4)((mask & (Mask4)yes) | (~mask & (Mask4)no)); }
inline Float4 min4(Float4 a, Float4 b) { return b < a ? b : a; }
inline Float4 max4(Float4 a, Float4 b) { return a < b ? b : a; }
inline Float4 abs4(Float4 v) { return (Float4)((Mask4)v & 0x7FFFFFFF); }

/// The sum of the lanes, and the least of them.
inline float sum_of(Float4 v) { return (v[0] + v[2]) + (v[1] + v[3]); }
inline float least_of(Float4 v) {
  const Float4 pairs = min4(v, Float4{v[2], v[3], v[0], v[1]});
  return min4(pairs, Float4{pairs[1], pairs[0], pairs[3], pairs[2]})[0];
}

/// Bit i: lane i is set.
inline uint32_t bits_of(Mask4 mask) {
#if defined(__wasm_simd128__)
  return __builtin_wasm_bitmask_i32x4(mask);
#elif defined(__SSE__)
  return static_cast<uint32_t>(__builtin_ia32_movmskps((Float4)mask));
#else
  return (mask[0] & 1U) | (mask[1] & 2U) | (mask[2] & 4U) | (mask[3] & 8U);
#endif
}

inline Float4 sqrt4(Float4 v) {
#if defined(__clang__)
  return __builtin_elementwise_sqrt(v);
#elif defined(__SSE__)
  return __builtin_ia32_sqrtps(v);
#else
  for (int lane = 0; lane < 4; ++lane) v[lane] = std::sqrt(v[lane]);
  return v;
#endif
}

/// e^-x as exp_neg has it, with the constants in registers: V8 would make each anew at each use.
class ExpNeg4 {
 public:
  ExpNeg4() {
    const float* c = kConstants;
    asm("" : "+r"(c));  // else the compiler would know them
    for (int i = 0; i < kCount; ++i) c_[i] = all4(c[i]);
  }
  Float4 operator()(Float4 x) const {
    const Mask4 small = x < c_[kFar];
    const Float4 t = select4(small, x, c_[kFar]) * c_[kLog2];
    const Float4 rounded = t + c_[kMagic];  // the integer next to t, in the low bits
    const Float4 near = rounded - c_[kMagic];
    const Mask4 above = near > t;
    const Float4 f = t - (near - (Float4)(above & (Mask4)c_[kOne]));
    const Float4 p =
        c_[kOne] +
        f * (c_[kP1] + f * (c_[kP1 + 1] + f * (c_[kP1 + 2] + f * (c_[kP1 + 3] + f * (c_[kP1 + 4] + f * c_[kP1 + 5])))));
    const auto scale = (Float4)(((Mask4)rounded + above + 127) << 23);
    return (Float4)((Mask4)(p * scale) & small);
  }

 private:
  enum : int { kFar, kLog2, kMagic, kOne, kP1, kCount = kP1 + 6 };
  static constexpr float kConstants[kCount] = {80.0F,       -1.44269504F, 12582912.0F, 1.0F,        0.69314718F,
                                               0.24022650F, 0.05550411F,  0.00961813F, 0.00133336F, 0.00015403F};
  Float4 c_[kCount];
};

}  // namespace tomare
