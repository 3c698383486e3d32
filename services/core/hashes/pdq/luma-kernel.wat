;; Luma of pixels by ITU-R BT.601 in whole numbers: 77 red, 150 green and 29 blue parts of 256, rounded.
(module
  (memory (export "memory") 2)

  ;; `pixels` times red, green, blue at `from`; as many bytes of luma to `to`. Works on 16 pixels at once: it reads up to 45 bytes
  ;; past the last pixel, and writes up to 15 past the last luma.
  (func (export "lumaOfRgb") (param $from i32) (param $pixels i32) (param $to i32)
    (local $end i32) (local $first v128) (local $second v128) (local $third v128)
    (local $red v128) (local $green v128) (local $blue v128)
    (local.set $end (i32.add (local.get $to) (local.get $pixels)))
    (loop $each
      (local.set $first (v128.load (local.get $from)))
      (local.set $second (v128.load offset=16 (local.get $from)))
      (local.set $third (v128.load offset=32 (local.get $from)))
      (local.set $red (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 17 20 23 26 29
        (i8x16.shuffle 0 3 6 9 12 15 18 21 24 27 30 0 0 0 0 0 (local.get $first) (local.get $second)) (local.get $third)))
      (local.set $green (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 18 21 24 27 30
        (i8x16.shuffle 1 4 7 10 13 16 19 22 25 28 31 0 0 0 0 0 (local.get $first) (local.get $second)) (local.get $third)))
      (local.set $blue (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 16 19 22 25 28 31
        (i8x16.shuffle 2 5 8 11 14 17 20 23 26 29 0 0 0 0 0 0 (local.get $first) (local.get $second)) (local.get $third)))
      (v128.store (local.get $to) (i8x16.narrow_i16x8_u
        (i16x8.shr_u (i16x8.add
          (i16x8.add
            (i16x8.extmul_low_i8x16_u (local.get $red) (i8x16.splat (i32.const 77)))
            (i16x8.extmul_low_i8x16_u (local.get $green) (i8x16.splat (i32.const 150))))
          (i16x8.add
            (i16x8.extmul_low_i8x16_u (local.get $blue) (i8x16.splat (i32.const 29)))
            (i16x8.splat (i32.const 128)))) (i32.const 8))
        (i16x8.shr_u (i16x8.add
          (i16x8.add
            (i16x8.extmul_high_i8x16_u (local.get $red) (i8x16.splat (i32.const 77)))
            (i16x8.extmul_high_i8x16_u (local.get $green) (i8x16.splat (i32.const 150))))
          (i16x8.add
            (i16x8.extmul_high_i8x16_u (local.get $blue) (i8x16.splat (i32.const 29)))
            (i16x8.splat (i32.const 128)))) (i32.const 8))))
      (local.set $from (i32.add (local.get $from) (i32.const 48)))
      (br_if $each (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))
)
